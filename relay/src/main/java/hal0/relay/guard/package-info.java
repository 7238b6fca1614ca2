/// What a request must pass before anything is routed: Host, Origin, body size.
///
/// Pure decisions over strings; no HTTP types.
@NullMarked
package hal0.relay.guard;

import org.jspecify.annotations.NullMarked;
