/// The relay: routes a request to a provider, answers over HTTP, meters.
///
/// Entry type `Relay`, which starts and stops the server.
@NullMarked
package hal0.relay;

import org.jspecify.annotations.NullMarked;
