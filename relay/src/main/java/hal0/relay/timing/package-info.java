/// How long a request waited for others: the rest of its time is the relay's own.
///
/// Entry type [hal0.relay.timing.Waits], which belongs to one request.
/// [hal0.relay.timing.TimedTransport] adds the time that upstreams take, the exchange that of the
/// client.
@NullMarked
package hal0.relay.timing;

import org.jspecify.annotations.NullMarked;
