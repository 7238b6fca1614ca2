/// Models as files: the registry, what a file says of itself, and how it gets here.
@NullMarked
package hal0.slots.model;

import org.jspecify.annotations.NullMarked;
