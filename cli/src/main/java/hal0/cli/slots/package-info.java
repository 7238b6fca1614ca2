/// The commands about slots: `hal0 slots …`.
///
/// Entry type [hal0.cli.slots.SlotsCommand]. Those that define slots work on the files of this
/// home, whether or not a relay runs, and let a running one take the change over.
@NullMarked
package hal0.cli.slots;

import org.jspecify.annotations.NullMarked;
