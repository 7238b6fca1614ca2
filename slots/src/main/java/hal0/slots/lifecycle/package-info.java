/// The states of a slot and who moves it from one to the next.
///
/// Entry type [hal0.slots.lifecycle.SlotLoop]: one thread per slot that owns its state. What comes
/// next is decided by [hal0.slots.lifecycle.Lifecycle], a pure function from a state and an event
/// to a state and effects; every state is written to the slot's file before its effects are carried
/// out, on threads of their own, which tell of their end by further events.
@NullMarked
package hal0.slots.lifecycle;

import org.jspecify.annotations.NullMarked;
