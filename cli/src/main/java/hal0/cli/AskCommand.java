package hal0.cli;

import hal0.agent.Agent;
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
import hal0.cli.wiring.RelayAddress;
import hal0.home.Home;
import hal0.providers.http.CancelToken;
import hal0.providers.message.Options;
import hal0.providers.message.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 ask`: one question, one answer.
@Command(
        name = "ask",
        description = {
            "Ask a model one question and print the answer.",
            "What stands on standard input is added to the question."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 ask \"Why is the sky blue?\"",
            "  git diff | hal0 ask -m anthropic/claude-sonnet-4-5 \"Write a commit message\""
        })
final class AskCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;
    @Mixin private final ModelOptions models = new ModelOptions();

    @Parameters(paramLabel = "PROMPT", arity = "0..*", description = "The question.")
    private List<String> words = List.of();

    @Option(
            names = {"-s", "--system"},
            paramLabel = "TEXT",
            description = "What the model is told before the question.")
    private @Nullable String system;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json (one object) or stream-json (one event a line).")
    private String output = "text";

    @Option(
            names = "--image",
            paramLabel = "FILE",
            description = "A png, jpeg, gif or webp to show the model; may be repeated.")
    private List<Path> images = List.of();

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "At most so many tokens of answer.")
    private @Nullable Integer maxTokens;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Randomness, on the provider's own scale.")
    private @Nullable Double temperature;

    AskCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        Logs.quiet(System.getenv());
        AnswerOutput printer = AnswerOutput.of(output, console);
        Options options = options();
        List<Part> question = question();
        Home at = home.locate();
        Configuration configuration = Configuration.read(at, System.getenv()).orThrow();
        configuration.leftOut().forEach(console::leftOut);
        if (models.choice().equals(ModelOptions.NONE)
                && configuration.active().isEmpty()
                && !RelayAddress.isNamed(configuration)) {
            throw new CommandException(
                    ExitCode.CONFIGURATION,
                    "no model is chosen; name one with --model provider/model, or choose one in `hal0`. --provider demo needs nothing");
        }
        CancelToken cancel = new CancelToken();
        try (Interrupt _ = Interrupt.cancels(cancel);
                Hal0 hal0 = Hal0.open(configuration);
                Agent chat =
                        hal0.chat(
                                new Agent.Origin(
                                        "ask", Path.of("").toAbsolutePath().toString(), system),
                                models.choice(),
                                options)) {
            AnswerProgress progress = new AnswerProgress(chat.sessionId());
            chat.send(
                    question,
                    cancel,
                    event -> {
                        progress.accept(event);
                        printer.accept(event, progress);
                        if (console.isOutputGone()) {
                            cancel.cancel("nobody reads the answer");
                        }
                    });
            return progress.exitCode();
        }
    }

    private Options options() {
        if (maxTokens != null && maxTokens < 1) {
            throw new CommandException(ExitCode.USAGE, "--max-tokens is 1 or more");
        }
        if (temperature != null && !(temperature >= 0 && Double.isFinite(temperature))) {
            throw new CommandException(ExitCode.USAGE, "--temperature is 0 or more");
        }
        return Options.DEFAULT.withMaxTokens(maxTokens).withTemperature(temperature);
    }

    private List<Part> question() throws IOException {
        String asked = String.join(" ", words);
        String piped = Console.pipedInput();
        String text = asked.isEmpty() || piped.isEmpty() ? asked + piped : asked + "\n\n" + piped;
        List<Part> parts = new ArrayList<>();
        for (Path image : images) {
            parts.add(ImageFile.read(image));
        }
        if (text.isBlank() && parts.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE, "there is no question; write one, or pipe one in");
        }
        if (!text.isBlank()) {
            parts.add(new Part.Text(text));
        }
        return parts;
    }
}
