package hal0.cli.doctor;

import hal0.agent.AgentSettings;
import hal0.agent.hook.HooksSection;
import hal0.agent.permission.PermissionSection;
import hal0.cli.console.Console;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.cli.wiring.McpSetup;
import hal0.cli.wiring.RelayAddress;
import hal0.home.Home;
import hal0.home.config.Settings;
import hal0.providers.Provider;
import hal0.providers.ProviderRegistry;
import hal0.relay.control.HttpLink;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All checks there are, for a command and for the screen.
final class Checks {
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    /// The relay takes that long itself, and the way there something.
    private static final Duration ELSEWHERE = Duration.ofSeconds(15);

    private static final Path SYSTEM_FOLDER = Path.of("/etc/hal0");

    private Checks() {}

    /// What whoever sits here is told: how the relay that `HAL0_API_URL` names is reached and what
    /// that finds, else what is found here.
    static List<Row> run(Configuration configuration, Hal0 hal0, Map<String, String> environment) {
        Optional<RelayAddress> relay = RelayAddress.named(configuration);
        if (relay.isPresent()) {
            RelayAddress there = relay.get();
            HttpLink link =
                    new HttpLink(hal0.transport(), hal0.requests(), there.url(), there.token());
            return new Checkup(ELSEWHERE)
                    .run(List.of(new LinkCheck(there, link, InstantSource.system())));
        }
        List<Row> rows =
                new ArrayList<>(
                        new TerminalCheck(environment, Console.isTerminal(1), Runtime.version())
                                .rows());
        rows.addAll(ofHome(configuration, hal0, environment));
        return rows;
    }

    /// What is found here, without what only concerns a person at a terminal.
    static List<Row> ofHome(
            Configuration configuration, Hal0 hal0, Map<String, String> environment) {
        Home at = configuration.home();
        List<Check> checks = new ArrayList<>(checks(at, environment, configuration, hal0));
        checks.addAll(ofAgent(at, environment, configuration));
        return new Checkup(PATIENCE).run(checks);
    }

    private static List<Check> checks(
            Home at, Map<String, String> environment, Configuration configuration, Hal0 hal0) {
        InUse inUse = InUse.of(configuration);
        ProviderRegistry registry = configuration.registry();
        List<Provider> declared = registry.declared();
        Answers answers = Answers.asking(inUse.all(), hal0.transport(), hal0.requests());
        return List.of(
                new HomeCheck(at, SYSTEM_FOLDER, environment.containsKey("HAL0_HOME")),
                new KeysFileCheck(at.envFile(), configuration.secrets()),
                new ConfigCheck(configuration.problems(), configuration.settings().settings()),
                new ActiveCheck(inUse, configuration.active().isPresent(), configuration.leftOut()),
                new KeyCheck(inUse, registry, at.envFile()),
                new RoutesCheck(configuration.routes(), hal0.registry()),
                new HeadersCheck(declared),
                new ScriptsCheck(at.scriptsFolder(), declared, hal0.transport()),
                new AddressCheck(declared, inUse.presets()),
                new ReachCheck(inUse, registry, answers),
                new ModelCheck(inUse, answers, hal0.pricing()),
                new LocalServersCheck(inUse, hal0::discovered),
                new RelayCheck(at, configuration.relay()),
                new DatabaseCheck(at),
                new SlotsCheck(
                        configuration.slots().definitions(),
                        new SlotsCheck.Place(at.state().resolve("slots"), hal0.owner().isPresent()),
                        hal0.slotRuntimes()),
                new ClockCheck(answers, InstantSource.system()),
                new ProxyCheck(environment));
    }

    private static List<Check> ofAgent(
            Home at, Map<String, String> environment, Configuration configuration) {
        Settings settings = configuration.settings();
        Path here = Path.of("").toAbsolutePath();
        return List.of(
                new ShellCheck(
                        environment,
                        settings.get(AgentSettings.SECTION),
                        settings.get(PermissionSection.SECTION),
                        here),
                new HooksCheck(settings.get(HooksSection.SECTION), environment),
                new McpCheck(McpSetup.servers(configuration), environment),
                new AgentFilesCheck(at, here),
                new SessionsCheck(at));
    }
}
