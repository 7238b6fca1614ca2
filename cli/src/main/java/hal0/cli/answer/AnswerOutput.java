package hal0.cli.answer;

import hal0.agent.AgentEvent;
import hal0.agent.checkpoint.FileChange;
import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.TerminalText;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// Prints a turn as it comes, in the form that was asked for.
public sealed interface AnswerOutput permits TextOutput, JsonOutput, StreamOutput {

    void accept(AgentEvent event, AnswerProgress progress);

    /// That of a conversation without tools.
    ///
    /// **Errors** [CommandException] for a form that does not exist.
    static AnswerOutput of(String form, Console console) {
        return of(form, console, new AnswerJson(false, List::of));
    }

    /// That of an agent, whose object at the end also tells what was done; `files` gives what the
    /// turn changed once it is over.
    static AnswerOutput ofAgent(String form, Console console, Supplier<List<FileChange>> files) {
        return of(form, console, new AnswerJson(true, files));
    }

    private static AnswerOutput of(String form, Console console, AnswerJson json) {
        return switch (form.toLowerCase(Locale.ROOT)) {
            case "text" ->
                    new TextOutput(console, new TerminalText(console.out(), Console.isTerminal(1)));
            case "json" -> new JsonOutput(console, json);
            case "stream-json" -> new StreamOutput(console, json);
            default ->
                    throw new CommandException(
                            ExitCode.USAGE,
                            "--output is text, json or stream-json, not \"%s\"".formatted(form));
        };
    }
}
