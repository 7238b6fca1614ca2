/// `hal0 bench`: how fast models answer, and what the relay adds to it.
@NullMarked
package hal0.cli.bench;

import org.jspecify.annotations.NullMarked;
