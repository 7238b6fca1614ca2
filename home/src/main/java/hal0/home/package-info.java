/// A hal0 home: the folders, the secrets in it, and which process owns it.
///
/// Entry types [hal0.home.Home] for where things are, [hal0.home.Secrets] for keys,
/// [hal0.home.OwnerLock] and [hal0.home.RelayFile] for who runs the relay. Nothing here keeps state
/// but the files, except that a process knows which locks it holds. Files are replaced whole
/// through [hal0.home.AtomicFile].
@NullMarked
package hal0.home;

import org.jspecify.annotations.NullMarked;
