/// Reading and editing `config.toml` and files like it: every problem is found, each with its
/// place, and edits keep the user's comments and order.
///
/// Entry types [hal0.home.config.Section] for a module that has keys, `Settings` for who reads
/// them. Only this package knows the TOML library. Values are immutable snapshots.
@NullMarked
package hal0.home.config;

import org.jspecify.annotations.NullMarked;
