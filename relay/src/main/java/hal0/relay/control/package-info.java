/// Every operation that the command line, the screen and `/api` offer, once.
///
/// Entry type [hal0.relay.control.ControlPlane]; who holds one does not know whether the relay runs
/// in this process or in the one that owns the home.
@NullMarked
package hal0.relay.control;

import org.jspecify.annotations.NullMarked;
