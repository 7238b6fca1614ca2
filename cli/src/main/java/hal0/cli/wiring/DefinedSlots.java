package hal0.cli.wiring;

import hal0.home.Home;
import hal0.home.config.ConfigProblem;
import hal0.home.config.ConfigProblem.Severity;
import hal0.home.config.Setting;
import hal0.home.config.Settings;
import hal0.providers.config.ModelsSection;
import hal0.relay.routing.CapabilitiesSection;
import hal0.slots.definition.GpuSettings;
import hal0.slots.definition.HomeDefinitions;
import hal0.slots.definition.HomeDefinitions.Surroundings;
import hal0.slots.definition.ProfileEdits;
import hal0.slots.definition.ProfilesSection;
import hal0.slots.definition.SlotEdits;
import hal0.slots.definition.SlotsSettings;
import hal0.slots.model.ModelStore;
import hal0.slots.model.RegisteredModel;
import hal0.slots.model.RegistrySection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the files of a home say of slots, their profiles and the registry of models, as they were
/// last read and could be used.
///
/// **Threads** any; reloaded by one at a time.
public final class DefinedSlots {
    private final Home home;
    private final RegistryFile registry;
    private final HomeDefinitions definitions;
    private final SlotEdits edits;
    private final ProfileEdits profileEdits;
    private volatile List<ConfigProblem> capabilities = List.of();

    DefinedSlots(Home home, ConfigSections sections) {
        this.home = home;
        this.registry = new RegistryFile(home, sections);
        this.definitions = new HomeDefinitions(home.config());
        this.edits = new SlotEdits(home.config(), definitions);
        this.profileEdits = new ProfileEdits(home.config(), definitions);
    }

    /// Reads them again; `config` is what holds of config.toml.
    void reload(Settings config) {
        registry.reload();
        definitions.reload(
                new Surroundings(
                        config.get(SlotsSettings.SECTION),
                        config.get(GpuSettings.SECTION),
                        registry.models(),
                        store(config)));
        capabilities = unknownSlots(config);
    }

    private Path store(Settings config) {
        return ModelStore.of(config.get(ModelsSection.SECTION).store(), home).folder();
    }

    public HomeDefinitions definitions() {
        return definitions;
    }

    /// Changes the files of slots.
    public SlotEdits edits() {
        return edits;
    }

    /// Changes profiles.toml.
    public ProfileEdits profileEdits() {
        return profileEdits;
    }

    /// Whether a file defines a slot of that name, rightly or not.
    static boolean isThere(Home home, String name) {
        return name.matches("[a-z0-9_-]{1,32}")
                && Files.exists(home.slotsFolder().resolve(name + ".toml"));
    }

    /// Every model of the registry.
    public List<RegisteredModel> models() {
        return registry.models();
    }

    /// Which provider or slot models.toml binds a model to.
    Map<String, String> bindings() {
        return registry.bindings();
    }

    /// Whether the program can go on: a slot that is defined wrongly keeps nothing else from
    /// working.
    boolean usable() {
        return registry.usable();
    }

    public List<ConfigProblem> problems() {
        List<ConfigProblem> all = new ArrayList<>(registry.problems());
        all.addAll(definitions.problems());
        all.addAll(capabilities);
        return all;
    }

    /// The files that are in force as they are, named as problems name them.
    List<String> applied() {
        List<String> applied = new ArrayList<>();
        if (registry.isThere() && registry.usable()) {
            applied.add(RegistrySection.FILE);
        }
        if (Files.exists(home.config().resolve(ProfilesSection.FILE))
                && isRight(ProfilesSection.FILE)) {
            applied.add(ProfilesSection.FILE);
        }
        definitions.all().stream()
                .map(slot -> "slots/" + slot.name() + ".toml")
                .filter(this::isRight)
                .forEach(applied::add);
        return applied;
    }

    private boolean isRight(String file) {
        return definitions.problems().stream()
                .noneMatch(p -> p.file().equals(file) && p.severity() == Severity.ERROR);
    }

    /// Whether that file is one of those.
    boolean reads(Path file) {
        Path folder = file.getParent();
        return home.slotsFolder().equals(folder)
                ? Files.exists(file)
                : file.equals(home.config().resolve(RegistrySection.FILE))
                        || file.equals(home.config().resolve(ProfilesSection.FILE));
    }

    /// What was chosen for a capability has to be there.
    private List<ConfigProblem> unknownSlots(Settings config) {
        List<ConfigProblem> problems = new ArrayList<>();
        config.get(CapabilitiesSection.SECTION)
                .forEach((word, slot) -> {
                    if (definitions.find(slot).isEmpty()) {
                        String key = "capabilities." + word;
                        problems.add(
                                new ConfigProblem(
                                        Severity.WARNING,
                                        "config.toml",
                                        line(config, key),
                                        0,
                                        key,
                                        "there is no slot \"%s\"".formatted(slot),
                                        "`hal0 slots create %s --model …` makes it"
                                                .formatted(slot)));
                    }
                });
        return problems;
    }

    private static int line(Settings config, String key) {
        return config.settings().stream()
                .filter(setting -> setting.path().equals(key))
                .map(Setting::origin)
                .map(origin -> origin.substring(origin.lastIndexOf(':') + 1))
                .filter(line -> line.matches("\\d{1,9}"))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(0);
    }
}
