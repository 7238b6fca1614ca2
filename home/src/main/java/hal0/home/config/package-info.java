/// Reading and editing `config.toml` and files like it: every problem is found, each with its
/// place, and edits keep the user's comments and order.
///
/// Entry types [hal0.home.config.Section] for a module that has keys, [hal0.home.config.Settings]
/// for who reads them, [hal0.home.config.TomlEdit] for who changes one. Only this package knows the
/// TOML library, and it is not loaded for a file that does not exist. Values are immutable
/// snapshots. Nothing here repeats a secret: values of keys that are named like one are masked, and
/// syntax errors repeat nothing of the text.
@NullMarked
package hal0.home.config;

import org.jspecify.annotations.NullMarked;
