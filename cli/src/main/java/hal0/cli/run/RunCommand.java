package hal0.cli.run;

import hal0.agent.Agent;
import hal0.agent.AgentEvent;
import hal0.agent.checkpoint.FileChange;
import hal0.agent.context.Attachments;
import hal0.agent.permission.Approver;
import hal0.agent.permission.Mode;
import hal0.agent.permission.Rule;
import hal0.agent.session.History;
import hal0.agent.session.SessionEntry;
import hal0.agent.session.StoredSessions;
import hal0.cli.answer.AnswerOutput;
import hal0.cli.answer.AnswerProgress;
import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Interrupt;
import hal0.cli.console.Logs;
import hal0.cli.console.ModelOptions;
import hal0.cli.console.TerminalText;
import hal0.cli.wiring.AgentWish;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.cli.wiring.LedAgent;
import hal0.cli.wiring.RelayAddress;
import hal0.providers.http.CancelToken;
import hal0.providers.message.Options;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
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
            completionCandidates = ModeWords.class,
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
            fallbackValue = StoredSessions.LAST,
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
        List<Rule> allowed = allowed();
        List<FileChange> files = new ArrayList<>();
        AnswerOutput printer = AnswerOutput.ofAgent(output, console, () -> List.copyOf(files));
        String asked = String.join(" ", words);
        String piped = piped(asked);
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        configuration.leftOut().forEach(console::leftOut);
        if (models.choice().equals(ModelOptions.NONE)
                && agent == null
                && configuration.active().isEmpty()
                && !RelayAddress.isNamed(configuration)) {
            throw new CommandException(
                    ExitCode.CONFIGURATION,
                    "no model is chosen; name one with --model provider/model, or choose one in `hal0`");
        }
        CancelToken cancel = new CancelToken();
        try (Interrupt _ = Interrupt.cancels(cancel, ENDING_SECONDS);
                Hal0 hal0 = Hal0.open(configuration);
                LedAgent led = hal0.agent(wish(allowed))) {
            led.notes().forEach(this::tell);
            Agent doing = led.agent();
            resume(doing, hal0.sessions().stored());
            if (doing.readOnly()) {
                throw new CommandException(
                        ExitCode.FAILED,
                        "session %s is open in another hal0; close it there, or run without --resume and --continue"
                                .formatted(doing.sessionId()));
            }
            AnswerProgress progress = new AnswerProgress(doing.sessionId());
            Attachments.Attached said = led.attached(asked, piped, cancel);
            said.problems().forEach(this::tell);
            doing.send(
                    said.parts(),
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

    private AgentWish wish(List<Rule> allowed) {
        return new AgentWish(
                "run",
                Path.of("").toAbsolutePath(),
                models.choice(),
                Options.DEFAULT,
                agent,
                system,
                mode,
                allowed,
                maxTurns,
                budget,
                Approver.NOBODY,
                this::tell);
    }

    private void tell(String note) {
        console.err().println("hal0: " + TerminalText.oneLine(note));
    }

    private void requireAmounts() {
        if (maxTurns != null && maxTurns < 1) {
            throw new CommandException(ExitCode.USAGE, "--max-turns is 1 or more");
        }
        if (budget != null && budget.signum() <= 0) {
            throw new CommandException(ExitCode.USAGE, "--budget is more than 0");
        }
        if (resume != null && goOn) {
            throw new CommandException(ExitCode.USAGE, "take either --resume or --continue");
        }
    }

    private List<Rule> allowed() {
        List<Rule> read = new ArrayList<>();
        for (String rule : rules) {
            try {
                read.add(Rule.parse(rule));
            } catch (IllegalArgumentException e) {
                throw new CommandException(ExitCode.USAGE, "--allow " + e.getMessage());
            }
        }
        return read;
    }

    /// What stands on standard input; it comes from elsewhere, so its `@path` means no file.
    private String piped(String asked) throws IOException {
        String piped = Console.pipedInput();
        if (asked.isBlank() && piped.isBlank()) {
            boolean taken = resume != null && !resume.equals(StoredSessions.LAST);
            throw new CommandException(
                    ExitCode.USAGE,
                    taken
                            ? "there is no task: \"%s\" was read as the session of --resume; write the task after it, or take --continue"
                                    .formatted(resume)
                            : "there is no task; write one, or pipe one in");
        }
        return piped;
    }

    private void resume(Agent doing, StoredSessions stored) {
        if (resume != null || goOn) {
            String named = resume == null ? StoredSessions.LAST : resume;
            doing.resume(stored.find(named, Path.of("")));
        }
    }

    /// What the turn that has just ended changed.
    private static List<FileChange> changes(Agent doing) {
        List<FileChange> all = new ArrayList<>();
        for (History.Numbered each : doing.history().lastTurn()) {
            if (each.entry() instanceof SessionEntry.FilesChanged(_, var changes)) {
                all.addAll(changes);
            }
        }
        return FileChange.net(all);
    }

    private static boolean isLast(AgentEvent event) {
        return switch (event) {
            case AgentEvent.TurnEnded _,
                    AgentEvent.TurnHalted _,
                    AgentEvent.TurnInterrupted _,
                    AgentEvent.TurnFailed _ ->
                    true;
            case AgentEvent.AnswerStarted _,
                    AgentEvent.TextDelta _,
                    AgentEvent.ThinkingDelta _,
                    AgentEvent.Work _,
                    AgentEvent.Spent _ ->
                    false;
        };
    }
}
