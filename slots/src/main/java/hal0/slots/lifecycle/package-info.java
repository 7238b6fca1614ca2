/// The states of a slot and who moves it from one to the next.
@NullMarked
package hal0.slots.lifecycle;

import org.jspecify.annotations.NullMarked;
