/// `hal0 keys`: the keys that clients of the relay show, made, listed and revoked.
///
/// They are changed in the owner of the home where one runs, else in the home's database.
@NullMarked
package hal0.cli.keys;

import org.jspecify.annotations.NullMarked;
