package hal0.cli.bench;

import hal0.cli.bench.Runners.Runner;
import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Interrupt;
import hal0.cli.console.Logs;
import hal0.cli.console.ModelOptions;
import hal0.cli.console.Progress;
import hal0.cli.doctor.Doctor;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.cli.wiring.ThroughRelay;
import hal0.providers.http.CancelToken;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hal0 bench`: how fast models answer, one after the other.
@Command(
        name = "bench",
        description = {
            "Measure how fast models answer through the relay: time to the first token, tokens a second,",
            "and what the relay itself takes. Each round asks for some hundred tokens, which cost money."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 bench -m groq/llama-3.3-70b-versatile --rounds 5",
            "  hal0 bench --all --json",
            "",
            "Exit codes: 0 measured, 4 a round failed, 7 nothing could be measured."
        })
public final class BenchCommand implements Callable<Integer> {
    private static final int MOST_ROUNDS = 100;

    private final Console console;
    private final HomeOptions home;
    @Mixin private final ModelOptions models = new ModelOptions();

    @Option(names = "--all", description = "A model of every provider that could be asked.")
    private boolean all;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "So many questions to each (default: 3); the median counts.")
    private int rounds = 3;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            defaultValue = "200",
            description = "At most so many tokens of answer (default: 200).")
    private int maxTokens = 200;

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    public BenchCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() {
        check();
        Logs.quiet(System.getenv());
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        configuration.leftOut().forEach(console::leftOut);
        CancelToken cancel = new CancelToken();
        List<Pace> paces = new ArrayList<>();
        try (Interrupt _ = Interrupt.cancels(cancel);
                Hal0 hal0 = Hal0.open(configuration);
                ThroughRelay relay = hal0.planes().throughRelay(hal0, "bench", new Doctor());
                Progress progress = Progress.on(console)) {
            Runners runners = new Runners(relay.control(), configuration.presets()::find);
            // One after the other: side by side they would measure each other.
            for (Runner runner : runners(runners)) {
                paces.add(
                        runner.isAbsent()
                                ? Pace.unasked(runner.name(), runner.why())
                                : pace(relay, runner.name(), cancel, progress));
            }
        }
        Pace.table(paces).print(console, json);
        if (paces.stream().allMatch(Pace::isUnasked)) {
            console.err().println("SKIP: nothing could be measured");
            return ExitCode.SKIPPED;
        }
        return paces.stream().anyMatch(Pace::hasFailed) ? ExitCode.UPSTREAM : ExitCode.DONE;
    }

    private void check() {
        if (all && !models.choice().equals(ModelOptions.NONE)) {
            throw new CommandException(
                    ExitCode.USAGE, "--all goes with neither --provider nor --model");
        }
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw new CommandException(ExitCode.USAGE, "--rounds is 1 to " + MOST_ROUNDS);
        }
        if (maxTokens < 1) {
            throw new CommandException(ExitCode.USAGE, "--max-tokens is 1 or more");
        }
    }

    private List<Runner> runners(Runners runners) {
        return all
                ? runners.all()
                : List.of(runners.named(models.choice().provider(), models.choice().model()));
    }

    private Pace pace(ThroughRelay relay, String model, CancelToken cancel, Progress progress) {
        List<Round> done = new ArrayList<>();
        for (int i = 1; i <= rounds; i++) {
            progress.at("%s: round %d of %d …".formatted(model, i, rounds));
            Round round = Round.of(relay, model, maxTokens, cancel);
            done.add(round);
            progress.done(Pace.line(model, i, round));
            if (round.failure() != null) {
                // The next would meet it too, and each may cost.
                break;
            }
        }
        return Pace.of(model, done);
    }
}
