/// `hal0 models`: the registry of models and their files, listed, pulled, registered, removed.
///
/// They are changed by the owner of the home where one runs, else by this process.
@NullMarked
package hal0.cli.models;

import org.jspecify.annotations.NullMarked;
