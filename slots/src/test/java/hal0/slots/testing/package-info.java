/// What tests of slots, and of those who use them, share.
@NullMarked
package hal0.slots.testing;

import org.jspecify.annotations.NullMarked;
