package hal0.cli.wiring;

import hal0.home.EnvFile;
import hal0.home.Home;
import hal0.home.IoReason;
import hal0.home.Secrets;
import hal0.home.config.ConfigException;
import hal0.home.config.ConfigProblem;
import hal0.home.config.FileStamps;
import hal0.home.config.Section;
import hal0.home.config.Setting;
import hal0.home.config.Settings;
import hal0.home.config.TomlEdit;
import hal0.home.config.TomlSource;
import hal0.home.error.ErrorKind;
import hal0.providers.Presets;
import hal0.providers.Provider;
import hal0.providers.ProviderRegistry;
import hal0.providers.ProviderSource;
import hal0.providers.config.ActiveSection;
import hal0.providers.config.AddressVariables;
import hal0.providers.config.Declarations;
import hal0.providers.config.Declared;
import hal0.providers.config.DeclaredProviders;
import hal0.providers.config.LegacyProviderSection;
import hal0.providers.config.ModelsSection;
import hal0.providers.config.ProvidersSection;
import hal0.providers.config.UpstreamsSection;
import hal0.providers.script.ScriptFiles;
import hal0.providers.script.ScriptProviders;
import hal0.relay.RelaySettings;
import hal0.relay.budget.BudgetSettings;
import hal0.relay.control.Configured;
import hal0.relay.control.ControlException;
import hal0.relay.control.ControlPlane.Active;
import hal0.relay.control.LiveConfiguration;
import hal0.relay.control.Reload;
import hal0.relay.dispatch.DispatcherSettings;
import hal0.relay.routing.NamedRoute;
import hal0.relay.routing.RouteSection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/// A home's configuration as this process knows it: the sections of every module, read together.
///
/// **Shape** what is used of a file is always the last reading that could be used; of a provider
/// that is declared wrongly, its last good declaration, else nothing. **Threads** any.
public final class Configuration implements LiveConfiguration, Configured {
    private final Home home;
    private final Secrets secrets;
    private final Presets presets;
    private final List<ConfigProblem> ofEnvironment;
    private final ConfigSections sections;
    private final ConfigReader files;
    private final DefinedSlots slots;
    private final DeclaredProviders named;
    private final DeclaredProviders listed;
    private final RelaySettings startedWith;
    private final ScriptFiles scriptFiles;
    private final ScriptProviders scripts;
    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock writing = new ReentrantLock();
    private volatile Reading now;
    private volatile List<ConfigProblem> problems;
    private volatile FileStamps stamps;

    private Configuration(Home home, Map<String, String> environment) {
        this.home = home;
        // Before anything is read: what changes meanwhile is then seen to have changed.
        this.stamps = ConfigReader.look(home);
        this.secrets = Secrets.open(new EnvFile(home.envFile()), environment);
        this.ofEnvironment = AddressVariables.problems(secrets::find);
        this.presets = Presets.of(AddressVariables.usable(secrets::find));
        this.sections = ConfigSections.of(presets);
        this.scriptFiles = new ScriptFiles(home.scriptsFolder());
        this.files = new ConfigReader(home, sections, this::isKnownElsewhere);
        this.slots = new DefinedSlots(home, sections);
        this.now = files.read(Optional.empty());
        slots.reload(now.config());
        this.problems = now.problems();
        this.startedWith = relay();
        this.named = new DeclaredProviders(now.namedProviders());
        this.listed = new DeclaredProviders(now.listed().providers());
        this.scripts = new ScriptProviders(scriptFiles, presets, this::declaredProviders);
    }

    /// Reads the home; problems are kept, not thrown.
    public static Configuration read(Home home, Map<String, String> environment) {
        return new Configuration(home, environment);
    }

    /// The tables of config.toml that are read.
    List<Section<?>> sections() {
        return sections.ofConfig();
    }

    ConfigSections allSections() {
        return sections;
    }

    /// This configuration, when its files can be used: single providers may be declared wrongly,
    /// see `leftOut`.
    ///
    /// **Errors** [ConfigException] with all problems, when one keeps a whole file from being used.
    public Configuration orThrow() {
        if (!ofEnvironment.isEmpty() || !now.fatal().isEmpty() || !slots.usable()) {
            throw new ConfigException(problems());
        }
        return this;
    }

    /// What is wrong in the files, within their tables and between them, as they were last read.
    @Override
    public List<ConfigProblem> problems() {
        List<ConfigProblem> all = new ArrayList<>(ofEnvironment);
        all.addAll(problems);
        all.addAll(slots.problems());
        return all;
    }

    /// What would be wrong if config.toml had this text.
    public List<ConfigProblem> problemsOf(String text) {
        return problemsOf(new TomlSource(ProvidersSection.FILE, text));
    }

    /// What would be wrong if a file of this home had this text.
    public List<ConfigProblem> problemsOf(TomlSource source) {
        return files.with(source).problems();
    }

    /// Changes a file of this home in one write, unless that would bring an error that is not there
    /// yet; then nothing is written. It takes effect here at once.
    ///
    /// **Errors** [ConfigException] with what the change would make wrong, [IOException] when the
    /// file cannot be written.
    @Override
    public void change(Path file, UnaryOperator<TomlSource> change) throws IOException {
        home.createFolders();
        // One after the other: between the last look at a file and its replacement there is a
        // moment.
        writing.lock();
        try {
            TomlEdit.rewrite(
                    file,
                    source -> {
                        TomlSource after = change.apply(source);
                        requireNothingNewWrong(source, after);
                        return after;
                    });
        } finally {
            writing.unlock();
        }
        var _ = reload();
    }

    @Override
    public void requireNothingNewWrong(TomlSource before, TomlSource after) {
        List<ConfigProblem> wrong = ConfigChange.newErrors(problemsOf(before), problemsOf(after));
        if (!wrong.isEmpty()) {
            throw new ConfigException(wrong);
        }
    }

    @Override
    public Optional<Declared> in(TomlSource source, String id) {
        Reading read = files.with(source);
        Declarations declarations =
                source.file().equals(ProvidersSection.FILE) ? read.named() : read.listed();
        return declarations.find(id);
    }

    @Override
    public Optional<String> oldId() {
        return old().map(old -> old.provider().id());
    }

    /// The provider of the old single table, if that is still in use.
    public Optional<LegacyProviderSection.Legacy> old() {
        return now.legacy();
    }

    /// Why providers are left out, or are as they were before a wrong edit.
    public List<ConfigProblem> leftOut() {
        return problems.stream()
                .filter(p -> p.severity() == ConfigProblem.Severity.ERROR)
                .filter(Declarations::isOfOneEntry)
                .toList();
    }

    /// Every declaration with its place, in order of precedence, usable or not.
    @Override
    public List<Declared> declared() {
        List<Declared> all = new ArrayList<>(now.named().all());
        all.addAll(now.listed().all());
        return all;
    }

    /// Whether an id needs no declaration in a file of tables.
    private boolean isKnownElsewhere(String id) {
        return presets.find(id).isPresent()
                || scriptFiles.own().names().contains(id)
                || DefinedSlots.isThere(home, id);
    }

    private List<Provider> declaredProviders() {
        List<Provider> all = new ArrayList<>(named.providers());
        all.addAll(listed.providers());
        return all;
    }

    /// Ids that more than one file declares.
    public List<Declarations.Clash> clashes() {
        return now.named().clashes(now.listed());
    }

    @Override
    public Home home() {
        return home;
    }

    @Override
    public Secrets secrets() {
        return secrets;
    }

    public Presets presets() {
        return presets;
    }

    /// What config.toml says.
    public Settings settings() {
        return now.config();
    }

    /// Every key of both files and what holds for it.
    @Override
    public List<Setting> shown() {
        List<Setting> all = new ArrayList<>(now.config().settings());
        all.addAll(now.upstreams().settings());
        return all;
    }

    BudgetSettings budget() {
        return settings().get(BudgetSettings.SECTION);
    }

    /// The scripts of this home.
    ScriptFiles scriptFiles() {
        return scriptFiles;
    }

    /// The providers that only a script declares.
    public ScriptProviders scriptProviders() {
        return scripts;
    }

    public ModelsSection.Models models() {
        return settings().get(ModelsSection.SECTION);
    }

    public RelaySettings relay() {
        return settings().get(RelaySettings.SECTION);
    }

    DispatcherSettings dispatcher() {
        return settings().get(DispatcherSettings.SECTION);
    }

    /// What the files say of slots.
    public DefinedSlots slots() {
        return slots;
    }

    /// The routes of config.toml.
    public List<NamedRoute> routes() {
        return settings().get(RouteSection.SECTION);
    }

    /// All providers; those of `last` come after what files declare.
    public ProviderRegistry registry(ProviderSource... last) {
        List<ProviderSource> sources = new ArrayList<>(List.of(named, listed, scripts));
        sources.addAll(List.of(last));
        return new ProviderRegistry(sources, presets, secrets::find);
    }

    /// Calls `listener` after each reading that was taken over, for as long as this lives.
    void onChange(Runnable listener) {
        var _ = named.onChange(listener);
        var _ = scripts.onChange(listener);
    }

    @Override
    public Optional<Active> active() {
        Optional<ActiveSection.Active> named =
                settings()
                        .get(sections.active())
                        .or(() -> now.legacy().map(LegacyProviderSection.Legacy::active));
        return named.map(active -> new Active(active.provider(), modelOf(active)));
    }

    /// The model that is written down, else the provider's first declared one, else its default;
    /// empty when nobody says.
    private String modelOf(ActiveSection.Active active) {
        if (active.model() != null) {
            return active.model();
        }
        return registry().find(active.provider()).map(UsualModel::of).orElse("");
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
        stamps = ConfigReader.look(home);
        secrets.reload();
        // Before the settings: what they name may have come with them.
        scripts.reload();
        Reading before = now;
        Reading read = files.read(Optional.of(before));
        boolean config = read.canUse(ProvidersSection.FILE);
        boolean upstreams = read.canUse(UpstreamsSection.FILE);
        now =
                config && upstreams
                        ? read
                        : files.of(
                                config ? read.config() : before.config(),
                                upstreams ? read.upstreams() : before.upstreams(),
                                Optional.of(before));
        problems = read.problems();
        slots.reload(now.config());
        listed.replace(now.listed().providers());
        // Last: whoever listens takes both.
        named.replace(now.namedProviders());
        List<String> applied = new ArrayList<>();
        if (config) {
            applied.add(ProvidersSection.FILE);
        }
        if (upstreams) {
            applied.add(UpstreamsSection.FILE);
        }
        applied.add(String.valueOf(home.envFile().getFileName()));
        applied.addAll(slots.applied());
        List<String> said = new ArrayList<>(problems().stream().map(Object::toString).toList());
        needsRestart().ifPresent(said::add);
        return new Reload(applied, said);
    }

    /// What is in force only from the next start on.
    Optional<String> needsRestart() {
        return relay().equals(startedWith)
                ? Optional.empty()
                : Optional.of(
                        "config.toml: relay: it takes effect when hal0 is started again (the running relay keeps its address and limits)");
    }

    /// How the files look now.
    FileStamps look() {
        return ConfigReader.look(home);
    }

    /// How they looked when they were last read.
    FileStamps stamps() {
        return stamps;
    }
}
