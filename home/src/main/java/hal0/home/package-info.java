/// A hal0 home: the folders, the secrets in it, and which process owns it.
@NullMarked
package hal0.home;

import org.jspecify.annotations.NullMarked;
