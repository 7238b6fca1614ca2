package hal0.cli.completion;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `hal0 completion`: a script for the user's shell.
@Command(
        name = "completion",
        description = {
            "Print a script that completes commands and options in your shell.",
            "Write it to a file once, and again after an update of hal0: bash (with the package"
                    + " bash-completion) and fish find it there, zsh reads it by a line in ~/.zshrc."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 completion bash > ~/.local/share/bash-completion/completions/hal0",
            "  hal0 completion zsh > ~/.hal0.zsh && echo 'source ~/.hal0.zsh' >> ~/.zshrc",
            "  hal0 completion fish > ~/.config/fish/completions/hal0.fish"
        })
public final class CompletionCommand implements Runnable {
    private static final String PROGRAM = "hal0";

    private final Console console;
    private final Supplier<CommandLine> all;

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private String shell = "";

    /// `all` makes the program with every command.
    public CompletionCommand(Console console, Supplier<CommandLine> all) {
        this.console = console;
        this.all = all;
    }

    @Override
    public void run() {
        console.out().print(script());
    }

    private String script() {
        return switch (shell) {
            // The same script: in zsh it switches on what zsh has for the completions of bash.
            case "bash", "zsh" -> AutoComplete.bash(PROGRAM, all.get());
            case "fish" -> new FishScript(PROGRAM).of(all.get());
            default ->
                    throw new CommandException(
                            ExitCode.USAGE,
                            "the shell is bash, zsh or fish, not \"%s\"".formatted(shell));
        };
    }
}
