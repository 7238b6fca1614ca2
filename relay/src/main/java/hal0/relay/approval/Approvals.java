package hal0.relay.approval;

import java.util.List;
import java.util.Optional;

/// The calls that wait for the owner's word, and the last ones that had it.
///
/// **Threads** any; those of another process block on the network.
public interface Approvals {

    /// What waits first, then the rest; in each the newest first.
    List<Approval> list();

    Optional<Approval> find(String id);

    /// Lets it be done, or not; `who` is whose word it is. An approved one is done on a thread of
    /// its own: look again for its outcome.
    ///
    /// **Errors** `approval.not_found` for an id that is not known, or is no more;
    /// `approval.decided` for one that does not wait any more.
    Approval decide(String id, boolean approve, String who);
}
