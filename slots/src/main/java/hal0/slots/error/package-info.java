/// What can go wrong with a slot or a model, in the words of the HTTP contract.
@NullMarked
package hal0.slots.error;

import org.jspecify.annotations.NullMarked;
