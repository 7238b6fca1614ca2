package hal0.relay.control;

import hal0.home.error.ErrorKind;
import hal0.relay.approval.Approval;
import hal0.relay.approval.ApprovalDesk;
import hal0.relay.approval.Approvals;
import hal0.relay.error.RelayException;
import java.util.List;
import java.util.Optional;

/// The approvals of this process, with the errors of the control plane.
final class LocalApprovals implements Approvals {
    private final ApprovalDesk desk;

    LocalApprovals(ApprovalDesk desk) {
        this.desk = desk;
    }

    @Override
    public List<Approval> list() {
        return desk.list();
    }

    @Override
    public Optional<Approval> find(String id) {
        return desk.find(id);
    }

    @Override
    public Approval decide(String id, boolean approve, String who) {
        try {
            return desk.decide(id, approve, who);
        } catch (RelayException e) {
            Optional<Refusal> refusal = Refusal.find(e.code());
            throw refusal.isPresent()
                    ? ControlException.refused(refusal.get(), e.message())
                    : new ControlException(ErrorKind.REJECTED, e.message(), e);
        }
    }
}
