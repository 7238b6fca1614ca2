/// The command line: one class per command, what it prints, and the exit codes.
///
/// Entry type [hal0.cli.Main]. The only package that writes to the standard streams and knows the
/// command line library.
@NullMarked
package hal0.cli;

import org.jspecify.annotations.NullMarked;
