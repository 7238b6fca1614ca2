package hal0.cli.run;

import hal0.agent.Agent;
import hal0.agent.checkpoint.FileChange;
import hal0.agent.permission.Mode;
import hal0.cli.answer.AnswerOutput;
import hal0.cli.answer.AnswerProgress;
import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Interrupt;
import hal0.cli.console.Logs;
import hal0.cli.console.ModelOptions;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.providers.http.CancelToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 run`: a task for the agent, done without a screen.
@Command(
        name = "run",
        description = {
            "Let the agent do a task here, without a screen.",
            "It reads and edits files of this folder and runs commands, as far as [permissions], the mode and --allow let it."
                    + " What nobody has allowed is denied, with the rule that would allow it.",
            "What stands on standard input is added to the task. The answer goes to standard output, what is done to standard error."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 run \"make the tests pass\" --mode edit --allow 'shell(mvn test*)'",
            "  git diff | hal0 run --mode plan --output json \"Review this change\"",
            "",
            "Exit codes: 0 done, 1 failed or stopped at a limit, 2 usage, 3 configuration, 4 provider,"
                    + " 5 something was denied, 6 budget reached, 130 interrupted."
        })
public final class RunCommand implements Callable<Integer> {
    /// A turn that is interrupted ends its commands first.
    private static final long ENDING_SECONDS = 10;

    private final Console console;
    private final HomeOptions home;
    @Mixin private final ModelOptions models = new ModelOptions();

    @Parameters(paramLabel = "PROMPT", arity = "0..*", description = "The task.")
    private List<String> words = List.of();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description =
                    "plan: only look; edit: change files of this folder too; auto: run commands too; [agent] mode by default.")
    private @Nullable Mode mode;

    @Option(
            names = "--allow",
            paramLabel = "RULE",
            description = "Allow this for this run, as in [permissions]; may be repeated.")
    private List<String> rules = List.of();

    @Option(
            names = "--max-turns",
            paramLabel = "N",
            description = "At most so many answers of the model; [agent] max_turns by default.")
    private @Nullable Integer maxTurns;

    @Option(
            names = "--budget",
            paramLabel = "USD",
            description = "The task may cost so much; what would exceed it is not sent.")
    private @Nullable BigDecimal budget;

    @Option(
            names = "--agent",
            paramLabel = "NAME",
            description = "Which of your agents does it; see hal0 agents.")
    private @Nullable String agent;

    @Option(
            names = {"-s", "--system"},
            paramLabel = "TEXT",
            description = "What the model is told beside its usual instructions.")
    private @Nullable String system;

    @Option(
            names = {"-r", "--resume"},
            paramLabel = "ID",
            arity = "0..1",
            fallbackValue = SessionChoice.LAST,
            description = "Go on with that session; without ID with the last one of this folder.")
    private @Nullable String resume;

    @Option(
            names = {"-c", "--continue"},
            description = "Go on with the last session of this folder.")
    private boolean goOn;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json (one object) or stream-json (one event a line).")
    private String output = "text";

    public RunCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        Logs.quiet(System.getenv());
        requireAmounts();
        List<FileChange> files = new ArrayList<>();
        AnswerOutput printer = AnswerOutput.ofAgent(output, console, () -> List.copyOf(files));
        String task = task();
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        configuration.leftOut().forEach(console::leftOut);
        if (models.choice().equals(ModelOptions.NONE)
                && agent == null
                && configuration.active().isEmpty()) {
            throw new CommandException(
                    ExitCode.CONFIGURATION,
                    "no model is chosen; name one with --model provider/model, or choose one in `hal0`");
        }
        CancelToken cancel = new CancelToken();
        try (Interrupt _ = Interrupt.cancels(cancel, ENDING_SECONDS);
                Hal0 hal0 = Hal0.open(configuration);
                Hal0.Led led = hal0.agent(wish())) {
            led.notes().forEach(note -> console.err().println("hal0: " + note));
            Agent doing = led.agent();
            session(hal0).ifPresent(doing::resume);
            if (doing.readOnly()) {
                throw new CommandException(
                        ExitCode.FAILED,
                        "session %s is open in another hal0; close it there, or run without --resume"
                                .formatted(doing.sessionId()));
            }
            AnswerProgress progress = new AnswerProgress(doing.sessionId());
            doing.send(
                    led.parts(task, note -> console.err().println("hal0: " + note)),
                    cancel,
                    event -> {
                        if (isLast(event)) {
                            files.addAll(changes(doing));
                        }
                        progress.accept(event);
                        printer.accept(event, progress);
                        if (console.isOutputGone()) {
                            cancel.cancel("nobody reads the answer");
                        }
                    });
            return progress.exitCode();
        }
    }
}
