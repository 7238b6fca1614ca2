package hal0.cli.launch;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Interrupt;
import hal0.cli.console.Logs;
import hal0.cli.doctor.Doctor;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.cli.wiring.RelayForRun;
import hal0.home.store.StoreException;
import hal0.providers.Provider;
import hal0.providers.http.CancelToken;
import hal0.providers.price.Money;
import hal0.relay.control.ControlException;
import hal0.relay.error.RelayException;
import hal0.relay.guard.Allowance;
import hal0.relay.guard.Scope;
import hal0.relay.key.KeyControl.Made;
import hal0.relay.key.KeyControl.Wish;
import hal0.relay.key.KeyInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 launch TOOL`: another program's agent, through the relay for one run.
@Command(
        name = "launch",
        description = {
            "Start claude, codex, opencode, gemini, qwen, aider or pi through the relay.",
            "For this run only: none of the tool's files is changed. It has a key of its own,",
            "so that `hal0 usage --by key` shows what it spent."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Options of hal0 stand before the tool, what follows it is the tool's own.",
            "Without --model, claude, codex and gemini ask for their own models where their",
            "provider has a key; else, as all others, for the active one.",
            "",
            "Examples:",
            "  hal0 launch claude",
            "  hal0 launch --model deepseek/deepseek-chat codex exec \"list the bugs\"",
            "  hal0 launch --print opencode"
        })
public final class LaunchCommand implements Callable<Integer> {
    /// A list of more is of no use in a menu.
    private static final int MOST_MODELS = 300;

    /// How long a tool may take to end once it was asked to.
    private static final long STOP_SECONDS = 20;

    private final Console console;
    private final HomeOptions home;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "MODEL",
            description = "The model that the tool asks for, such as provider/model.")
    private @Nullable String model;

    @Option(names = "--print", description = "Print the lines to do it by hand, and do nothing.")
    private boolean print;

    @Parameters(index = "0", paramLabel = "TOOL", description = "The program to start.")
    private String name = "";

    @Parameters(index = "1..*", paramLabel = "ARGS", arity = "0..*", description = "For the tool.")
    private List<String> arguments = List.of();

    private LaunchCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    /// The command; what follows the tool's name is not for it.
    public static CommandLine commandLine(Console console, HomeOptions home) {
        return new CommandLine(new LaunchCommand(console, home)).setStopAtPositional(true);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Tool tool = Tools.named(name);
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        configuration.leftOut().forEach(console::leftOut);
        Logs.quiet(System.getenv());
        try (Hal0 hal0 = Hal0.open(configuration)) {
            String asked = model(tool, configuration);
            if (print) {
                URI relay = RelayForRun.usualAddress(hal0);
                Tool.Setting setting =
                        setting(hal0, relay, ByHand.KEY, asked, ByHand.FOLDER, Map.of());
                console.out().print(ByHand.lines(tool, tool.wire(setting), arguments));
                return ExitCode.DONE;
            }
            Path executable = Tools.executable(tool, System.getenv("PATH"));
            // The screen is the tool's from here on.
            configuration.home().createFolders();
            Logs.toFile(configuration.home().logFile(), System.getenv());
            CancelToken stop = new CancelToken();
            try (Interrupt _ = Interrupt.cancels(stop, STOP_SECONDS);
                    RelayForRun relay = RelayForRun.open(hal0, new Doctor())) {
                return launch(hal0, relay.address(), tool, executable, asked, stop);
            }
        }
    }

    private int launch(
            Hal0 hal0,
            URI relay,
            Tool tool,
            Path executable,
            @Nullable String asked,
            CancelToken stop)
            throws IOException, InterruptedException {
        Path folder = ToolProcess.folder();
        try {
            Made key = hal0.keys().create(new Wish(tool.name(), Scope.CLIENT, Allowance.ALL, true));
            try {
                Wiring wiring =
                        tool.wire(setting(hal0, relay, key.key(), asked, folder, System.getenv()));
                return ToolProcess.run(executable, wiring, arguments, stop);
            } finally {
                // First: a folder that something still writes to must not keep the key alive.
                end(hal0, key.info());
            }
        } finally {
            remove(folder);
        }
    }

    private void remove(Path folder) {
        try {
            ToolProcess.remove(folder);
        } catch (IOException | UncheckedIOException e) {
            console.err()
                    .printf(
                            "warning: the folder %s of this run could not be removed: %s%n",
                            folder, e.getMessage());
        }
    }

    private static Tool.Setting setting(
            Hal0 hal0,
            URI relay,
            String key,
            @Nullable String asked,
            Path folder,
            Map<String, String> inherited) {
        return new Tool.Setting(
                relay,
                key,
                asked,
                () -> hal0.catalog().advertised().keySet().stream().limit(MOST_MODELS).toList(),
                folder,
                inherited);
    }

    /// The owner of the home may be another process by now, and the tool's own end is what counts.
    private void end(Hal0 hal0, KeyInfo key) {
        try {
            KeyInfo spent = hal0.keys().revoke(key.id());
            if (spent.spentUsd() != null && spent.spentUsd().signum() > 0) {
                console.err()
                        .printf(
                                "hal0: this run of %s cost %s%n",
                                key.name(), Money.format(spent.spentUsd()));
            }
        } catch (RelayException | ControlException | StoreException e) {
            console.err()
                    .printf(
                            "warning: the key of this run could not be revoked (%s); to do it: hal0 keys revoke %s%n",
                            e.getMessage(), key.id());
        }
    }

    private @Nullable String model(Tool tool, Configuration configuration) {
        if (model != null) {
            return model;
        }
        String vendor = tool.vendor();
        if (vendor != null) {
            Optional<Provider> own = configuration.registry().find(vendor);
            if (own.isPresent() && configuration.registry().hasKey(own.get())) {
                return null;
            }
        }
        return configuration
                .active()
                .filter(active -> !active.model().isEmpty())
                .map(active -> active.provider() + "/" + active.model())
                .orElseThrow(() ->
                        new CommandException(
                                ExitCode.CONFIGURATION,
                                "no model is chosen; name one: hal0 launch --model provider/model %s"
                                        .formatted(tool.name())));
    }
}
