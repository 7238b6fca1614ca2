package hal0.cli.approvals;

import hal0.cli.console.CommandException;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Logs;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.relay.approval.Approval;
import hal0.relay.approval.Approvals;
import hal0.relay.control.ControlException;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.Refusal;
import java.util.List;
import java.util.function.Function;

/// The approvals of the hal0 that runs, with the errors of a command.
///
/// **Errors** [CommandException] where none runs, and for an id that waits no more or never did.
final class Desk implements AutoCloseable {
    private static final String WHO = "cli";

    private final Hal0 hal0;
    private final Approvals approvals;

    private Desk(Hal0 hal0, Approvals approvals) {
        this.hal0 = hal0;
        this.approvals = approvals;
    }

    static Desk open(HomeOptions home) {
        Logs.quiet(System.getenv());
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        Hal0 hal0 = Hal0.open(configuration);
        boolean opened = false;
        try {
            Approvals approvals =
                    hal0.owner()
                            .map(ControlPlane::approvals)
                            .orElseThrow(() ->
                                    new CommandException(
                                            ExitCode.FAILED,
                                            "no hal0 runs for this home, so that nothing waits: what waited has ended with it"));
            opened = true;
            return new Desk(hal0, approvals);
        } finally {
            if (!opened) {
                hal0.close();
            }
        }
    }

    List<Approval> all() {
        return approvals.list();
    }

    Approval one(String id) {
        return told(desk ->
                desk.find(id)
                        .orElseThrow(() ->
                                new CommandException(
                                        ExitCode.FAILED,
                                        "there is no approval \"%s\"; hal0 approvals lists those that wait"
                                                .formatted(id))));
    }

    Approval decide(String id, boolean approve) {
        return told(desk -> desk.decide(id, approve, WHO));
    }

    private Approval told(Function<Approvals, Approval> asking) {
        try {
            return asking.apply(approvals);
        } catch (ControlException e) {
            if (e.refusal() == Refusal.NO_APPROVAL || e.refusal() == Refusal.DECIDED) {
                throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    @Override
    public void close() {
        hal0.close();
    }
}
