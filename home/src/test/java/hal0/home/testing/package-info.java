/// Fakes of this module for the tests of others.
@NullMarked
package hal0.home.testing;

import org.jspecify.annotations.NullMarked;
