/// The machine as it is found: processors, memory, GPUs, NPUs, and who uses their memory.
///
/// Entry type [hal0.slots.hardware.MachineProbe]. It reads `/proc` and `/sys` and asks vendors'
/// tools where they are installed; what cannot be found out is a note, never a failure.
@NullMarked
package hal0.slots.hardware;

import org.jspecify.annotations.NullMarked;
