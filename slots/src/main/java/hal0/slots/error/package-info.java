/// What can go wrong with a slot, in the words of the HTTP contract.
@NullMarked
package hal0.slots.error;

import org.jspecify.annotations.NullMarked;
