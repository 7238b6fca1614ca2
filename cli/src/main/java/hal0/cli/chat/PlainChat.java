package hal0.cli.chat;

import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Screen;
import hal0.providers.http.CancelToken;
import hal0.tui.Plain;
import hal0.tui.plain.Lines;
import hal0.tui.plain.StreamLines;
import hal0.tui.plain.TerminalLines;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;

/// Leads the conversation in lines.
final class PlainChat {
    private PlainChat() {}

    /// Gives back the exit code. Who sat before it and left knows what failed; a script does not.
    static int run(Configuration configuration, Screen.Wish wish, CancelToken ending)
            throws IOException, InterruptedException {
        Console console = Console.standard();
        boolean typed = Console.isTerminal(0);
        try (Lines lines = lines(console, typed)) {
            Plain.End end =
                    Screen.run(
                            configuration,
                            wish,
                            System.getenv(),
                            services -> Plain.run(services, lines, ending));
            return typed && !end.stopped() ? ExitCode.DONE : code(end);
        }
    }

    private static Lines lines(Console console, boolean typed) throws IOException {
        return typed && Console.isTerminal(1)
                ? TerminalLines.open()
                : new StreamLines(
                        new FileInputStream(FileDescriptor.in),
                        console.out(),
                        console.err(),
                        typed);
    }

    private static int code(Plain.End end) {
        if (end.stopped()) {
            return ExitCode.INTERRUPTED;
        }
        if (end.failed() != null) {
            return ExitCode.of(end.failed());
        }
        if (end.halted()) {
            return ExitCode.FAILED;
        }
        return end.denied() ? ExitCode.DENIED : ExitCode.DONE;
    }
}
