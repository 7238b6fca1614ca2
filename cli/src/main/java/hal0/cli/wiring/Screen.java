package hal0.cli.wiring;

import hal0.agent.Agent;
import hal0.agent.permission.ProjectRules;
import hal0.agent.search.FileIndex;
import hal0.home.Version;
import hal0.home.config.FileWatch;
import hal0.home.store.StoreException;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.listing.Discovery;
import hal0.providers.message.Options;
import hal0.relay.CannotListenException;
import hal0.relay.RelaySettings;
import hal0.relay.control.ControlException;
import hal0.relay.control.ControlPlane;
import hal0.relay.guard.HostRule;
import hal0.relay.model.ModelEntry;
import hal0.tui.ScreenApprover;
import hal0.tui.Services;
import hal0.tui.TuiSettings;
import hal0.tui.board.SlotBoard;
import hal0.tui.state.Active;
import hal0.tui.state.Earlier;
import hal0.tui.state.FirstChoice;
import hal0.tui.state.UiState;
import hal0.tui.theme.Palettes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The full-screen client and what it stands on.
///
/// **Shape** nothing but the configuration is read before the first paint; then the relay starts,
/// or the one that owns this home is found.
public final class Screen {

    /// What the command line asked for. A null port is the configured one; `session` is the one to
    /// go on with, null for a new one; `inline` is null where nothing was said of it; `checkup` is
    /// what `/doctor` shows.
    public record Wish(
            Agent.Choice choice,
            boolean noRelay,
            @Nullable Integer relayPort,
            @Nullable String session,
            @Nullable Boolean inline,
            Checkup checkup) {}

    private final Configuration configuration;
    private final Hal0 hal0;
    private final Wish wish;
    private final AtomicReference<@Nullable RunningRelay> relay = new AtomicReference<>();

    private final AtomicReference<@Nullable FileWatch> watch = new AtomicReference<>();
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Consumer<String>> user = new AtomicReference<>();
    private final ScreenApprover approver = new ScreenApprover();

    private Screen(Configuration configuration, Hal0 hal0, Wish wish) {
        this.configuration = configuration;
        this.hal0 = hal0;
        this.wish = wish;
    }

    /// What shows it: on a screen, or in lines.
    public interface Client<T> {
        T run(Services services) throws IOException, InterruptedException;
    }

    /// Runs until the user leaves.
    ///
    /// **Threads** the client is run by the calling one.
    public static <T> T run(
            Configuration configuration,
            Wish wish,
            Map<String, String> environment,
            Client<T> client)
            throws IOException, InterruptedException {
        try (Hal0 hal0 = Hal0.open(configuration)) {
            Screen screen = new Screen(configuration, hal0, wish);
            try (LedAgent led = hal0.agent(screen.agent())) {
                screen.notices.addAll(led.notes());
                return screen.run(led, environment, client);
            } finally {
                screen.close();
            }
        }
    }

    private <T> T run(LedAgent led, Map<String, String> environment, Client<T> client)
            throws IOException, InterruptedException {
        Path folder = led.inside().workspace().root();
        LedPast past = new LedPast(led.agent(), hal0.sessions(), folder.toString());
        try (FileIndex files = new FileIndex(folder)) {
            LedSurroundings surroundings =
                    new LedSurroundings(
                            led,
                            configuration,
                            files,
                            configuration.home().commandsFolder(),
                            this::storedModels,
                            () -> wish.checkup().forUser(configuration, hal0));
            return client.run(services(led, past, surroundings, environment));
        }
    }

    private List<SlotBoard.Registered> storedModels() {
        return hal0.models().list().stream()
                .filter(model -> model.state() != ModelEntry.State.UNREGISTERED)
                .map(Screen::registered)
                .toList();
    }

    private static SlotBoard.Registered registered(ModelEntry model) {
        String size =
                model.sizeBytes() == 0
                        ? ""
                        : String.format(Locale.ROOT, "%.1f GB", model.sizeBytes() / 1e9);
        String state =
                model.state() == ModelEntry.State.READY
                        ? ""
                        : model.state().word().replace('_', ' ');
        return new SlotBoard.Registered(
                model.id(),
                Stream.of(size, state, model.message())
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(" · ")));
    }

    private AgentWish agent() {
        return new AgentWish(
                "tui",
                Path.of("").toAbsolutePath(),
                wish.choice(),
                Options.DEFAULT,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                approver,
                this::note);
    }

    /// A word to the user, kept while nobody listens.
    private void note(String text) {
        Consumer<String> listening = user.get();
        if (listening == null) {
            notices.add(text);
        } else {
            listening.accept(text);
        }
    }

    /// What was said in the session that is gone on with, and what to know about it.
    private Earlier resumed(LedPast past) {
        Agent chat = past.agent();
        String session = wish.session();
        if (session == null) {
            return Earlier.NOTHING;
        }
        String began = chat.resume(session).header().cwd();
        if (!began.equals(Path.of("").toAbsolutePath().toString())) {
            notices.add("This session began in %s; now it is led here.".formatted(began));
        }
        if (chat.readOnly()) {
            notices.add(
                    "This session is open in another hal0: it can be read here, not continued. hal0 sessions fork %s makes a copy that can."
                            .formatted(session));
        }
        return past.now();
    }

    private Services services(
            LedAgent led,
            LedPast past,
            LedSurroundings surroundings,
            Map<String, String> environment) {
        Earlier earlier = resumed(past);
        return new Services(
                new LedConversation(led),
                this::control,
                this::discovered,
                active(led.agent().choice()),
                new UiState.About(Version.current(), configuration.home().configFile().toString()),
                new Services.Look(
                        look(led.inside().workspace().root()),
                        environment,
                        new Palettes(configuration.home().themesFolder())),
                configuration.home().state().resolve("history"),
                this::tell,
                approver,
                earlier,
                past,
                surroundings);
    }

    /// A project may have a look of its own.
    private TuiSettings look(Path folder) {
        TuiSettings own = configuration.settings().get(TuiSettings.SECTION);
        String theme = ProjectRules.read(folder).theme();
        TuiSettings here = theme == null ? own : own.withTheme(theme);
        return here.withInline(wish.inline() == null ? own.inline() : wish.inline());
    }

    /// What has happened so far, what is wrong with providers, and from now on what becomes of
    /// edits.
    private void tell(Consumer<String> to) {
        user.set(to);
        notices.forEach(to);
        configuration
                .leftOut()
                .forEach(problem -> to.accept(problem + "; this provider is left out"));
        watch.set(hal0.watchFiles(FileWatch.SELDOM, to));
    }

    private @Nullable Active active(Agent.Choice choice) {
        if (!choice.provider().isEmpty()) {
            return shown(choice.provider(), choice.model());
        }
        if (!choice.model().isEmpty()) {
            return hal0.routedTo(choice.model())
                    .map(target -> shown(target.provider().id(), target.model()))
                    .orElse(null);
        }
        return configuration
                .active()
                .map(active -> shown(active.provider(), active.model()))
                .orElse(null);
    }

    private Active shown(String provider, String model) {
        Optional<Provider> known = hal0.registry().find(provider);
        return new Active(
                provider,
                model,
                known.map(Provider::local).orElse(false),
                known.flatMap(p -> p.findModel(model)).map(ModelInfo::contextWindow).orElse(null));
    }

    /// Starts the relay, or finds the owner; a port that another program has is replaced by a free
    /// one.
    private ControlPlane control() {
        try {
            return controlOfRelay();
        } catch (ControlException e) {
            // Other programs have no relay then; the conversation does not need one.
            notices.add("There is no relay: " + e.getMessage());
            return hal0.planes().own();
        }
    }

    private ControlPlane controlOfRelay() {
        Optional<ControlPlane> elsewhere = hal0.elsewhere();
        if (elsewhere.isPresent()) {
            return elsewhere.get();
        }
        if (!wish.noRelay()) {
            Optional<RunningRelay> started = start();
            if (started.isPresent()) {
                relay.set(started.get());
                return started.get().control();
            }
            Optional<ControlPlane> owner = hal0.owner();
            if (owner.isPresent()) {
                return owner.get();
            }
        }
        return hal0.planes().own();
    }

    private Optional<RunningRelay> start() {
        RelaySettings settings = configuration.relay();
        if (wish.relayPort() != null) {
            settings = settings.withPort(wish.relayPort());
        }
        if (!HostRule.isLoopback(settings.host()) && !hasUsableKey()) {
            notices.add(
                    "[relay] host is %s, but there is no key: the relay listens on 127.0.0.1 only. `hal0 keys create NAME` makes one."
                            .formatted(settings.host()));
            settings = settings.withAddress("127.0.0.1", settings.port());
        }
        try {
            return RunningRelay.start(hal0, settings, wish.checkup());
        } catch (CannotListenException e) {
            Optional<RunningRelay> elsewhere =
                    RunningRelay.start(hal0, settings.withAddress("127.0.0.1", 0), wish.checkup());
            elsewhere.ifPresent(running ->
                    notices.add(
                            "%s. It listens at %s instead."
                                    .formatted(e.getMessage(), running.address())));
            return elsewhere;
        }
    }

    private boolean hasUsableKey() {
        try {
            return hal0.knownKeys().hasUsable();
        } catch (StoreException e) {
            notices.add("The relay's keys cannot be read: " + e.getMessage());
            return false;
        }
    }

    private List<FirstChoice> discovered() {
        return hal0.discovered().stream().map(Screen::firstChoice).toList();
    }

    private static FirstChoice firstChoice(Discovery.Found found) {
        Provider provider = found.provider();
        return switch (found) {
            case Discovery.Found.KeySet _ ->
                    new FirstChoice(
                            provider.id(),
                            provider.defaultModel(),
                            "key in " + String.join(" or ", provider.keyNames()));
            case Discovery.Found.Answers(_, var models) -> {
                @Nullable String first = models.isEmpty() ? null : models.getFirst().id();
                String where = "answers on " + provider.baseUrl().getAuthority();
                yield new FirstChoice(provider.id(), first, where);
            }
        };
    }

    private void close() {
        FileWatch watching = watch.getAndSet(null);
        if (watching != null) {
            watching.close();
        }
        RunningRelay running = relay.getAndSet(null);
        if (running != null) {
            running.close();
        }
    }
}
