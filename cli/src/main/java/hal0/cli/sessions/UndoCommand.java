package hal0.cli.sessions;

import hal0.agent.checkpoint.Direction;
import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `hal0 sessions undo [ID]`: takes the last turn of a conversation back, with its files.
@Command(
        name = "undo",
        description = {
            "Take the last turn of a conversation back, and what it did to files.",
            "Nothing is touched when somebody else changed one of them since."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 sessions undo",
            "  hal0 sessions undo 20261121-0813 --yes"
        })
final class UndoCommand implements Runnable {
    private final Console console;
    private final HomeOptions home;

    @Mixin private TurnOptions options = new TurnOptions();

    UndoCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public void run() {
        new TurnChange(console, home, Direction.UNDO).run(options);
    }
}
