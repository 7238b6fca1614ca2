/// `hal0 config …`: where the configuration is, what it says, whether it is right, and how it
/// changes.
@NullMarked
package hal0.cli.config;

import org.jspecify.annotations.NullMarked;
