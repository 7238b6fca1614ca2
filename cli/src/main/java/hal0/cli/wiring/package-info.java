/// Builds the program's graph of objects by hand and closes it in reverse: the only composition
/// root.
@NullMarked
package hal0.cli.wiring;

import org.jspecify.annotations.NullMarked;
