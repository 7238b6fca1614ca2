/// Who may be loaded when: queues, eviction and the sharing of memory.
@NullMarked
package hal0.slots.plan;

import org.jspecify.annotations.NullMarked;
