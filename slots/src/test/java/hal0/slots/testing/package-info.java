/// What tests of slots use, here and in other modules: runtimes that run nothing.
@NullMarked
package hal0.slots.testing;

import org.jspecify.annotations.NullMarked;
