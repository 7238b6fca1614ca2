@NullMarked
package hal0.cli;

import org.jspecify.annotations.NullMarked;
