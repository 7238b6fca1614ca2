/// The dashboard: a page in the browser for the relay's whole control plane.
///
/// Entry type [hal0.relay.dashboard.Dashboard], which owns its files: read from the class path when
/// the first of them is asked for, then held in memory with their compressed form. The page itself
/// is plain ES modules beside this package's classes; it uses nothing but `/api` and `/v1`.
@NullMarked
package hal0.relay.dashboard;

import org.jspecify.annotations.NullMarked;
