/// What every command shares: its streams, its home, its exit code, and how it lists things.
@NullMarked
package hal0.cli.console;

import org.jspecify.annotations.NullMarked;
