package hal0.cli.models;

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
import hal0.relay.error.Json;
import hal0.relay.model.ModelControl;
import hal0.relay.model.PullJson;
import hal0.slots.error.ModelProblem;
import hal0.slots.model.pull.PullStatus;
import hal0.slots.model.pull.PullWish;
import hal0.slots.model.pull.Pulls;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 models pull REF`: fetches a model and registers it.
@Command(
        name = "pull",
        description = {
            "Fetch a model's file and register it; prints where it is.",
            "What broke off goes on from where it was."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 models pull hf:Qwen/Qwen3-4B-GGUF:Q4_K_M --id qwen3-4b",
            "  hal0 models pull hf:ggml-org/models@main/tinyllamas/stories260K.gguf",
            "  hal0 models pull https://example.org/model.gguf --sha256 4ee7…"
        })
final class PullCommand implements Callable<Integer> {
    /// What a cancelled job may need to let go.
    private static final int END_SECONDS = 10;

    private final Console console;
    private final HomeOptions home;

    @Parameters(
            paramLabel = "REF",
            description =
                    "hf:ORG/REPO:QUANT, hf:ORG/REPO[@REVISION]/FILE, or the address of a file.")
    private String reference = "";

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "What it is registered as; its file's name by default.")
    private @Nullable String id;

    @Option(
            names = "--sha256",
            paramLabel = "SUM",
            description = "What its file has to be; Hugging Face tells by itself.")
    private @Nullable String sha256;

    @Option(names = "--json", description = "How it ended, as one JSON object.")
    private boolean json;

    PullCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() {
        Logs.quiet(System.getenv());
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        CancelToken leaving = new CancelToken();
        try (Hal0 hal0 = Hal0.open(configuration);
                Interrupt _ = Interrupt.cancels(leaving, END_SECONDS)) {
            ModelControl models = hal0.models();
            Pulls.Begun begun = models.pull(new PullWish(reference, id, sha256));
            if (!begun.isNew()) {
                console.err().println("It is being pulled already; this follows it.");
            }
            PullStatus end;
            try (Progress progress = Progress.on(console)) {
                PullSteps steps = new PullSteps(progress);
                end = models.follow(begun.status().job(), steps::show, leaving);
            }
            return leaving.isCancelled() && !end.state().isOver()
                    ? left(models, begun)
                    : ended(end);
        }
    }

    /// Who began a pull ends it; who joined one leaves it alone.
    private int left(ModelControl models, Pulls.Begun begun) {
        if (begun.isNew()) {
            String job = models.cancel(begun.status().job()).job();
            models.follow(job, _ -> {}, new CancelToken());
            console.err()
                    .println(
                            "Interrupted. What has come is kept: the same command goes on with it.");
        }
        return ExitCode.INTERRUPTED;
    }

    private int ended(PullStatus end) {
        if (json) {
            console.out().writeBytes(Json.bytes(out -> PullJson.write(out, end)));
            console.out().println();
        }
        return switch (end.state()) {
            case DONE -> {
                if (!json) {
                    console.out().println(end.path());
                }
                tellHowToUse(end);
                yield ExitCode.DONE;
            }
            case CANCELLED -> {
                console.err().println("hal0: " + end.message());
                yield ExitCode.INTERRUPTED;
            }
            case FAILED, RESOLVING, CHECKING, DOWNLOADING ->
                    throw new CommandException(
                            ModelProblem.find(String.valueOf(end.code()))
                                    .map(problem -> ExitCode.of(problem.kind()))
                                    .orElse(ExitCode.FAILED),
                            end.message());
        };
    }

    private void tellHowToUse(PullStatus end) {
        if (!end.message().isEmpty()) {
            console.err().println("warning: " + end.message());
        }
        console.err()
                .println(
                        "Registered as %s. A slot with it: hal0 slots create chat --model %s"
                                .formatted(end.model(), end.model()));
    }
}
