/// Who may be loaded when: queues, eviction and the sharing of memory.
///
/// Entry type [hal0.slots.plan.Arbiter]. Requests come in through a slot's gate, without a lock
/// where it is open and has room. What the gate is not open for is wanted of the arbiter's desk,
/// which one thread owns: it draws the world as it is, has the scheduler, a pure function, say what
/// is to be done, and does it. `design.md` beside the sources tells the rules.
@NullMarked
package hal0.slots.plan;

import org.jspecify.annotations.NullMarked;
