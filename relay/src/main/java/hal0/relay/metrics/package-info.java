/// What `/metrics` shows: counts and times of requests, and states that others keep.
///
/// Entry type [hal0.relay.metrics.Metrics], a listener of requests. The only place that knows the
/// Prometheus library, which is loaded when the first request has come.
@NullMarked
package hal0.relay.metrics;

import org.jspecify.annotations.NullMarked;
