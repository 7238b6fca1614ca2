/// The kinds of failure that every module reports by, so that each edge (exit code, HTTP status,
/// banner on the screen) is one exhaustive table.
@NullMarked
package hal0.home.error;

import org.jspecify.annotations.NullMarked;
