package hal0.slots.definition;

import hal0.home.config.ConfigProblem;
import hal0.home.config.Settings;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.model.RegisteredModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The definitions of a home, from its files.
///
/// **Shape** what is used of a file is always its last reading that could be used; a slot whose
/// file is gone is gone. **Threads** any; reloaded by one at a time.
public final class HomeDefinitions implements Definitions {
    private final Path slots;
    private final Path profilesFile;
    private final Path config;
    private volatile Snapshot now = Snapshot.EMPTY;

    /// What other files say that slots depend on. `store` is the folder of pulled models.
    public record Surroundings(
            SlotsSettings slots, GpuSettings gpu, List<RegisteredModel> models, Path store) {
        public Surroundings {
            models = List.copyOf(models);
        }
    }

    /// One reading; `files` are usable.
    private record Snapshot(
            Map<String, SlotFile> files,
            List<Definition> definitions,
            Profiles profiles,
            @Nullable Surroundings around,
            List<ConfigProblem> problems) {
        static final Snapshot EMPTY =
                new Snapshot(Map.of(), List.of(), Profiles.BUILT_IN, null, List.of());
    }

    /// Nothing is read yet.
    ///
    /// **Shape** `config` is the folder that holds `slots/` and `profiles.toml`.
    public HomeDefinitions(Path config) {
        this.config = config;
        this.slots = config.resolve("slots");
        this.profilesFile = config.resolve(ProfilesSection.FILE);
    }

    /// Reads the files again.
    public void reload(Surroundings around) {
        Snapshot before = now;
        Settings profileFile = Settings.read(profilesFile, List.of(ProfilesSection.SECTION));
        Profiles profiles =
                profileFile.usable()
                        ? Profiles.with(profileFile.get(ProfilesSection.SECTION))
                        : before.profiles();
        SlotFiles.Found found = SlotFiles.find(slots, null);
        DefinitionCheck check = new DefinitionCheck(profiles, around);
        DefinitionCheck.Outcome outcome = check.of(found, before.files());
        List<ConfigProblem> problems = new ArrayList<>(profileFile.problems());
        problems.addAll(outcome.problems());
        Map<String, SlotFile> files = new LinkedHashMap<>();
        if (found.problems().isEmpty()) {
            outcome.files().forEach(file -> files.put(file.name(), file));
        } else {
            // The folder could not be read: that is no reason to take every slot for deleted.
            files.putAll(before.files());
        }
        now =
                new Snapshot(
                        files,
                        files.values().stream()
                                .map(file -> definition(file.spec(), around.slots()))
                                .toList(),
                        profiles,
                        around,
                        List.copyOf(problems));
    }

    private static Definition definition(SlotSpec spec, SlotsSettings all) {
        SlotSpec.Slot slot = spec.slot();
        return new Definition(
                spec,
                slot.runtime() == null ? all.runtime() : slot.runtime(),
                slot.idleTimeout() == null ? all.idleTimeout() : slot.idleTimeout(),
                slot.unloadAfter() == null ? all.unloadAfter() : slot.unloadAfter(),
                all.loadTimeout(),
                all.drainTimeout(),
                all.queueLimit());
    }

    /// What is wrong with the files of slots and profiles, and between them and the models.
    public List<ConfigProblem> problems() {
        return now.problems();
    }

    @Override
    public List<String> problemsOf(String slot) {
        return now.problems().stream()
                .filter(problem -> problem.file().equals("slots/" + slot + ".toml"))
                .filter(problem -> problem.severity() == ConfigProblem.Severity.ERROR)
                .map(ConfigProblem::toString)
                .toList();
    }

    public Profiles profiles() {
        return now.profiles();
    }

    /// Every model of the registry.
    public List<RegisteredModel> models() {
        Surroundings around = now.around();
        return around == null ? List.of() : around.models();
    }

    @Override
    public List<Definition> all() {
        return now.definitions();
    }

    @Override
    public Optional<Definition> find(String name) {
        Snapshot snapshot = now;
        SlotFile file = snapshot.files().get(name);
        return file == null || snapshot.around() == null
                ? Optional.empty()
                : Optional.of(definition(file.spec(), snapshot.around().slots()));
    }

    /// Only what is known not to be there defines nothing.
    @Override
    public boolean mayDefine(String name) {
        return now.files().containsKey(name)
                || !Files.notExists(slots.resolve(name + SlotFile.SUFFIX));
    }

    @Override
    public boolean isRegistered(String model) {
        return models().stream().anyMatch(one -> one.id().equals(model));
    }

    @Override
    public Launch launch(String slot, @Nullable String model, RuntimeName runtime, int port) {
        Snapshot snapshot = now;
        SlotFile file = snapshot.files().get(slot);
        if (file == null || snapshot.around() == null) {
            throw SlotException.of(
                    SlotProblem.NOT_FOUND, "there is no slot \"%s\"".formatted(slot));
        }
        return launcher(snapshot.profiles(), snapshot.around()).launch(file, model, runtime, port);
    }

    /// What holds for every key of a slot, and who says so; empty for one that is not defined.
    public List<Fact> facts(String name) {
        Snapshot snapshot = now;
        SlotFile file = snapshot.files().get(name);
        return file == null ? List.of() : new Facts(snapshot.profiles(), settings()).of(file);
    }

    /// What would be wrong, and is not yet, if a file of slots had another text; null is that it is
    /// not there. Lines are left out: they are those of a text that nobody sees.
    List<ConfigProblem> newErrors(Path file, @Nullable String before, @Nullable String after) {
        return added(errors(file, before), errors(file, after));
    }

    private static List<ConfigProblem> added(
            Stream<ConfigProblem> before, Stream<ConfigProblem> after) {
        List<String> known = new ArrayList<>(before.map(HomeDefinitions::sameness).toList());
        return after.filter(problem -> !known.remove(sameness(problem)))
                .map(problem ->
                        new ConfigProblem(
                                problem.severity(),
                                problem.file(),
                                0,
                                0,
                                problem.key(),
                                problem.message(),
                                problem.fix()))
                .toList();
    }

    private Stream<ConfigProblem> errors(Path file, @Nullable String text) {
        Snapshot snapshot = now;
        Surroundings around = snapshot.around();
        if (around == null) {
            throw new IllegalStateException("the definitions were not read yet");
        }
        SlotFiles.Found found = SlotFiles.find(slots, new SlotFiles.Draft(file, text));
        return new DefinitionCheck(snapshot.profiles(), around)
                .of(found, Map.of()).problems().stream()
                        .filter(problem -> problem.severity() == ConfigProblem.Severity.ERROR);
    }

    /// The same for the text of `profiles.toml`.
    List<ConfigProblem> newProfileErrors(String before, String after) {
        return added(profileErrors(before), profileErrors(after));
    }

    private Stream<ConfigProblem> profileErrors(String text) {
        Settings read = Settings.of(ProfilesSection.FILE, text, List.of(ProfilesSection.SECTION));
        Surroundings around = now.around();
        if (around == null) {
            throw new IllegalStateException("the definitions were not read yet");
        }
        DefinitionCheck check =
                new DefinitionCheck(Profiles.with(read.get(ProfilesSection.SECTION)), around);
        return Stream.concat(
                        read.problems().stream(),
                        check.of(SlotFiles.find(slots, null), Map.of()).problems().stream())
                .filter(problem -> problem.severity() == ConfigProblem.Severity.ERROR);
    }

    private static String sameness(ConfigProblem problem) {
        return problem.file() + '\n' + problem.key() + '\n' + problem.message();
    }

    private Launcher launcher(Profiles profiles, Surroundings around) {
        return new Launcher(profiles, new ModelPlaces(around.models(), around.store(), config));
    }

    @Override
    public PortRange ports() {
        return settings().ports();
    }

    @Override
    public SlotsSettings settings() {
        Surroundings around = now.around();
        return around == null ? SlotsSettings.USUAL : around.slots();
    }

    @Override
    public GpuSettings gpu() {
        Surroundings around = now.around();
        return around == null ? GpuSettings.USUAL : around.gpu();
    }
}
