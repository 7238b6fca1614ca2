package hal0.cli.providers;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Interrupt;
import hal0.cli.console.Logs;
import hal0.cli.console.Progress;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.providers.http.CancelToken;
import hal0.providers.probe.SideBySide;
import hal0.providers.probe.Verdict;
import hal0.relay.control.ControlPlane;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 providers test`: can a provider be reached, and does it take its key?
@Command(
        name = "test",
        description = {
            "Find out whether a provider can be reached and takes its key.",
            "Without --deep no model is asked and nothing is spent."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 providers test anthropic",
            "  hal0 providers test --all --json",
            "  hal0 providers test openrouter --deep",
            "",
            "Exit codes: 0 reached, 4 a test failed, 7 nothing could be checked."
        })
final class TestCommand implements Callable<Integer> {
    private static final int AT_ONCE = 8;
    private static final int DEEP_AT_ONCE = 4;

    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "The provider.")
    private @Nullable String id;

    @Option(names = "--all", description = "Every provider that is not switched off.")
    private boolean all;

    @Option(
            names = "--deep",
            description =
                    "Ask a model too: what it can do, in eight small questions that cost something.")
    private boolean deep;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "MODEL",
            description = "The model that --deep asks; the provider's usual one by default.")
    private @Nullable String model;

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    TestCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (all == (id != null)) {
            throw new CommandException(
                    ExitCode.USAGE, "name one provider, or say --all for every one");
        }
        if (model != null && (all || !deep)) {
            throw new CommandException(
                    ExitCode.USAGE, "--model says which model of one provider --deep asks");
        }
        Logs.quiet(System.getenv());
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        CancelToken cancel = new CancelToken();
        List<Tried> tried;
        try (Interrupt _ = Interrupt.cancels(cancel);
                Hal0 hal0 = Hal0.open(configuration);
                Progress progress = Progress.on(console)) {
            Optional<ControlPlane> elsewhere = hal0.elsewhere();
            Trial.Place place =
                    elsewhere.isPresent()
                            ? new TrialThere(elsewhere.get(), hal0.planes(), cancel)
                            : new TrialHere(hal0, cancel);
            Trial trial = new Trial(place, cancel, progress);
            String named = model == null ? "" : model;
            tried =
                    SideBySide.each(
                            id == null ? place.all() : List.of(place.one(id)),
                            deep ? DEEP_AT_ONCE : AT_ONCE,
                            candidate ->
                                    deep ? trial.deep(candidate, named) : trial.plain(candidate));
        }
        if (json) {
            Tried.printJson(tried, deep, console);
        } else {
            Tried.print(tried, console);
        }
        return exitCode(tried);
    }

    private int exitCode(List<Tried> tried) {
        return switch (Verdict.of(tried.stream().map(t -> t.connection().verdict()).toList())) {
            case FAIL -> ExitCode.UPSTREAM;
            case PASS, WARN -> ExitCode.DONE;
            case SKIP -> {
                console.err().println("SKIP: nothing could be checked");
                yield ExitCode.SKIPPED;
            }
        };
    }
}
