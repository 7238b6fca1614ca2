/// What keeps a relay from being its own upstream, however many others stand between.
///
/// Entry type [hal0.relay.loop.Instance]: every call upstream is marked with the relays that the
/// request came through, and a request that came through this one already is refused.
@NullMarked
package hal0.relay.loop;

import org.jspecify.annotations.NullMarked;
