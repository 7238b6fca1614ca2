@NullMarked
package hal0.tui;

import org.jspecify.annotations.NullMarked;
