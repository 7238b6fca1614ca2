/// Slots as the relay calls them: as providers whose calls wait until their model is there.
///
/// Entry types [hal0.relay.slot.SlotBoard], which tells routing what slots there are, and
/// [hal0.relay.slot.SlotTransport], through which they are called. Whether and when a slot is
/// loaded is decided in `hal0.slots`; the board is an immutable snapshot that is replaced when
/// something changes that routing cares about.
@NullMarked
package hal0.relay.slot;

import org.jspecify.annotations.NullMarked;
