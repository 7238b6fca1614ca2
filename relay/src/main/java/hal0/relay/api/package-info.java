/// `/api`: one class for each family of routes, over the control plane of this process.
///
/// Bodies are read by [hal0.relay.api.JsonBody] against the same fields that describe the route, so
/// that the description cannot promise what is not read. Every change is noted with who asked for
/// it.
@NullMarked
package hal0.relay.api;

import org.jspecify.annotations.NullMarked;
