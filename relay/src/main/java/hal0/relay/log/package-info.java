/// The last lines of hal0's own log, for whoever looks at them from elsewhere.
///
/// Entry type [hal0.relay.log.LogBook], which owns its state; any thread may log and never waits
/// for who reads.
@NullMarked
package hal0.relay.log;

import org.jspecify.annotations.NullMarked;
