/// What runs a slot: the seam between the life of a slot and engines, processes and services.
@NullMarked
package hal0.slots.runtime;

import org.jspecify.annotations.NullMarked;
