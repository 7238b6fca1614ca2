package hal0.cli.wiring;

import hal0.home.EnvFile;
import hal0.home.Home;
import hal0.home.IoReason;
import hal0.home.Secrets;
import hal0.home.config.ConfigException;
import hal0.home.config.ConfigProblem;
import hal0.home.config.Section;
import hal0.home.config.Settings;
import hal0.home.config.TomlEdit;
import hal0.home.error.ErrorKind;
import hal0.providers.Presets;
import hal0.providers.Provider;
import hal0.providers.ProviderRegistry;
import hal0.providers.config.ActiveSection;
import hal0.providers.config.DeclaredProviders;
import hal0.providers.config.LegacyProviderSection;
import hal0.providers.config.ModelsSection;
import hal0.providers.config.ProvidersSection;
import hal0.relay.RelaySettings;
import hal0.relay.control.ControlException;
import hal0.relay.control.ControlPlane.Active;
import hal0.relay.control.LiveConfiguration;
import hal0.relay.control.Reload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A home's configuration as this process knows it: the sections of every module, read together.
///
/// **Shape** what is used is always the last reading without errors. **Threads** any.
public final class Configuration implements LiveConfiguration {
    private final Home home;
    private final Secrets secrets;
    private final Presets presets;
    private final ActiveSection activeSection = new ActiveSection();
    private final ProvidersSection providersSection;
    private final LegacyProviderSection legacySection;
    private final ModelsSection modelsSection = new ModelsSection();
    private final DeclaredProviders declared;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Settings settings;

    private Configuration(Home home, Map<String, String> environment) {
        this.home = home;
        this.secrets = Secrets.open(new EnvFile(home.envFile()), environment);
        this.presets = Presets.of(secrets::find);
        this.providersSection = new ProvidersSection(presets);
        this.legacySection = new LegacyProviderSection(presets);
        this.settings = Settings.read(home.configFile(), sections());
        this.declared = new DeclaredProviders(providers(settings));
    }

    /// Reads the home; problems are kept, not thrown.
    public static Configuration read(Home home, Map<String, String> environment) {
        return new Configuration(home, environment);
    }

    /// The tables of config.toml.
    List<Section<?>> sections() {
        return List.of(
                activeSection,
                providersSection,
                legacySection,
                RelaySettings.SECTION,
                modelsSection);
    }

    /// This configuration, when it has no errors.
    ///
    /// **Errors** [ConfigException] with all problems.
    public Configuration orThrow() {
        List<ConfigProblem> problems = problems();
        if (problems.stream().anyMatch(p -> p.severity() == ConfigProblem.Severity.ERROR)) {
            throw new ConfigException(problems);
        }
        return this;
    }

    /// What is wrong in config.toml, within its tables and between them.
    public List<ConfigProblem> problems() {
        return problems(settings);
    }

    private List<ConfigProblem> problems(Settings read) {
        List<ConfigProblem> problems = new ArrayList<>(read.problems());
        read.get(activeSection)
                .filter(active -> isUnknown(active.provider(), read))
                .ifPresent(active -> problems.add(unknown(active.provider(), read)));
        return problems;
    }

    private boolean isUnknown(String provider, Settings read) {
        return read.usable()
                && presets.find(provider).isEmpty()
                && providers(read).stream().noneMatch(p -> p.id().equals(provider));
    }

    private static ConfigProblem unknown(String provider, Settings read) {
        String key = "active.provider";
        int line =
                read.settings().stream()
                        .filter(setting -> setting.path().equals(key))
                        .map(setting -> setting.origin().replaceAll(".*:", ""))
                        .filter(number -> number.matches("\\d+"))
                        .mapToInt(Integer::parseInt)
                        .findFirst()
                        .orElse(0);
        return new ConfigProblem(
                ConfigProblem.Severity.ERROR,
                "config.toml",
                line,
                0,
                key,
                "there is no provider \"%s\"".formatted(provider),
                "declare [providers.%s], or name a preset such as \"demo\"".formatted(provider));
    }

    public Home home() {
        return home;
    }

    public Secrets secrets() {
        return secrets;
    }

    public Presets presets() {
        return presets;
    }

    public Settings settings() {
        return settings;
    }

    public ModelsSection.Models models() {
        return settings.get(modelsSection);
    }

    public RelaySettings relay() {
        return settings.get(RelaySettings.SECTION);
    }

    public ProviderRegistry registry() {
        return new ProviderRegistry(List.of(declared), presets, secrets::find);
    }

    /// Calls `listener` after each reading that was taken over, for as long as this lives.
    void onChange(Runnable listener) {
        var _ = declared.onChange(listener);
    }

    @Override
    public Optional<Active> active() {
        Optional<ActiveSection.Active> named =
                settings.get(activeSection)
                        .or(() ->
                                settings.get(legacySection)
                                        .map(LegacyProviderSection.Legacy::active));
        return named.map(active -> new Active(active.provider(), modelOf(active)));
    }

    /// The model that is written down, else the provider's first declared one, else its default;
    /// empty when nobody says.
    private String modelOf(ActiveSection.Active active) {
        if (active.model() != null) {
            return active.model();
        }
        return registry().find(active.provider()).map(Configuration::usualModel).orElse("");
    }

    /// What a provider answers with when nobody names a model; empty when nobody says.
    public static String usualModel(Provider provider) {
        if (!provider.models().isEmpty()) {
            return provider.models().getFirst().id();
        }
        @Nullable String usual = provider.defaultModel();
        return usual == null ? "" : usual;
    }

    @Override
    public void use(Active active) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("active.provider", active.provider());
        values.put("active.model", active.model());
        try {
            home.createFolders();
            TomlEdit.set(home.configFile(), values);
        } catch (IOException e) {
            throw new ControlException(
                    ErrorKind.CONFIGURATION,
                    "%s could not be written: %s".formatted(home.configFile(), IoReason.of(e)),
                    e);
        } catch (ConfigException e) {
            throw new ControlException(ErrorKind.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
        reload();
    }

    @Override
    public Reload reload() {
        // One after the other, or an older reading could be taken over after a newer one.
        reading.lock();
        try {
            return readAgain();
        } finally {
            reading.unlock();
        }
    }

    private Reload readAgain() {
        secrets.reload();
        Settings read = Settings.read(home.configFile(), sections());
        List<ConfigProblem> found = problems(read);
        List<String> problems = found.stream().map(ConfigProblem::toString).toList();
        if (found.stream().anyMatch(p -> p.severity() == ConfigProblem.Severity.ERROR)) {
            return new Reload(List.of(), problems);
        }
        settings = read;
        declared.replace(providers(read));
        return new Reload(List.of("config.toml", "api.env"), problems);
    }

    private List<Provider> providers(Settings from) {
        List<Provider> providers = new ArrayList<>(from.get(providersSection));
        from.get(legacySection).ifPresent(legacy -> providers.add(legacy.provider()));
        return providers;
    }
}
