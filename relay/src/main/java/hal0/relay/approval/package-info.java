/// Calls of gated tools that wait until the owner of this hal0 allows them.
///
/// Entry type [hal0.relay.approval.ApprovalDesk], which owns its state; any thread may ask and
/// decide. What waits is in memory alone: it holds what is to be done, which ends with the process.
@NullMarked
package hal0.relay.approval;

import org.jspecify.annotations.NullMarked;
