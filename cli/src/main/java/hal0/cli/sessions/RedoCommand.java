package hal0.cli.sessions;

import hal0.agent.checkpoint.Direction;
import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `hal0 sessions redo [ID]`: brings back the turn that was undone last, with its files.
@Command(
        name = "redo",
        description = {
            "Bring back the turn that was undone last, and what it did to files.",
            "Nothing is touched when somebody else changed one of them since."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 sessions redo",
            "  hal0 sessions redo 20261121-0813 --yes"
        })
final class RedoCommand implements Runnable {
    private final Console console;
    private final HomeOptions home;

    @Mixin private TurnOptions options = new TurnOptions();

    RedoCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public void run() {
        new TurnChange(console, home, Direction.REDO).run(options);
    }
}
