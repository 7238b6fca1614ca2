/// Slots as programs on this machine: a server such as llama-server in a session of its own.
///
/// Entry type [hal0.slots.process.ProcessSlotRuntime]. What it starts outlives it and is found
/// again by marks in its environment and by a file beside its log; a process is always meant
/// together with the moment of its start, because numbers come back. Linux only: it reads `/proc`.
@NullMarked
package hal0.slots.process;

import org.jspecify.annotations.NullMarked;
