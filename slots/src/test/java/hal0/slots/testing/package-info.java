/// Fakes and test parts of this module for the tests of others.
@NullMarked
package hal0.slots.testing;

import org.jspecify.annotations.NullMarked;
