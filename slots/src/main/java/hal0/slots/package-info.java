@NullMarked
package hal0.slots;

import org.jspecify.annotations.NullMarked;
