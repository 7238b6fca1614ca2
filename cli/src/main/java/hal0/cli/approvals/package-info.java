/// `hal0 approvals`: calls of gated tools that wait for the owner's word, seen and decided from a
/// shell.
///
/// Entry type [hal0.cli.approvals.ApprovalsCommand]. They are those of the relay that
/// `HAL0_API_URL` names, else of the hal0 that runs for this home; they live in its memory and end
/// with it. One thread.
@NullMarked
package hal0.cli.approvals;

import org.jspecify.annotations.NullMarked;
