/// Where a request goes, and the attempts to get it answered there.
///
/// Entry types [hal0.relay.dispatch.Dispatcher], a pure decision over a snapshot, and `Attempts`,
/// the one loop that serves `/v1`, the screen and the command line.
@NullMarked
package hal0.relay.dispatch;

import org.jspecify.annotations.NullMarked;
