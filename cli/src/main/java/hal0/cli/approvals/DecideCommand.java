package hal0.cli.approvals;

import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Interrupt;
import hal0.cli.console.TerminalText;
import hal0.providers.http.CancelToken;
import hal0.relay.approval.Approval;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 approvals approve|deny ID`: the owner's word.
abstract class DecideCommand implements Callable<Integer> {
    private static final long MOMENT_MS = 200;

    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "ID", description = "As hal0 approvals lists it.")
    private String id = "";

    private DecideCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Command(
            name = "approve",
            description = {
                "Let a call be done, and wait for what comes of it.",
                "What it answers goes to standard output; exits 1 where it fails."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  hal0 approvals approve appr_1c9d24f07be35a68",
                "  hal0 approvals approve appr_1c9d24f07be35a68 --no-wait"
            })
    static final class Approve extends DecideCommand {
        @Option(names = "--no-wait", description = "Do not wait for what comes of it.")
        private boolean noWait;

        Approve(Console console, HomeOptions home) {
            super(console, home);
        }

        @Override
        public Integer call() throws InterruptedException {
            return decide(true, !noWait);
        }
    }

    @Command(
            name = "deny",
            description = "Do not let a call be done; who asked is told so.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  hal0 approvals deny appr_1c9d24f07be35a68",
                "  HAL0_API_URL=http://box.lan:8080 hal0 approvals deny appr_1c9d24f07be35a68"
            })
    static final class Deny extends DecideCommand {
        Deny(Console console, HomeOptions home) {
            super(console, home);
        }

        @Override
        public Integer call() throws InterruptedException {
            return decide(false, false);
        }
    }

    int decide(boolean approve, boolean wait) throws InterruptedException {
        try (Desk desk = Desk.open(home)) {
            Approval decided = desk.decide(id, approve);
            String what = TerminalText.oneLine(decided.summary());
            console.err().println((approve ? "Approved: " : "Denied: ") + what);
            return wait ? outcome(desk, decided) : ExitCode.DONE;
        }
    }

    /// Ctrl-C leaves the call alone.
    private int outcome(Desk desk, Approval decided) throws InterruptedException {
        CancelToken cancel = new CancelToken();
        CountDownLatch left = new CountDownLatch(1);
        Approval now = decided;
        try (Interrupt _ = Interrupt.cancels(cancel);
                var _ = cancel.onCancel(left::countDown)) {
            while (!now.isOver()) {
                if (left.await(MOMENT_MS, TimeUnit.MILLISECONDS)) {
                    console.err().println("Not waited for any longer; it goes on by itself.");
                    return ExitCode.INTERRUPTED;
                }
                now = desk.one(id);
            }
        }
        String outcome = Objects.requireNonNullElse(now.outcome(), "");
        if (now.state() == Approval.State.FAILED) {
            console.err().println("hal0: it failed: " + TerminalText.oneLine(outcome));
            return ExitCode.FAILED;
        }
        console.out().println(outcome);
        return ExitCode.DONE;
    }
}
