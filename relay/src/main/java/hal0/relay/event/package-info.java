/// What happens in a running hal0, as it happens, for whoever listens at `/api/events`.
///
/// Entry type [hal0.relay.event.Events], which owns its state; any thread may emit and never waits
/// for a listener.
@NullMarked
package hal0.relay.event;

import org.jspecify.annotations.NullMarked;
