/// The machine as it is found: processors, memory, GPUs.
@NullMarked
package hal0.slots.hardware;

import org.jspecify.annotations.NullMarked;
