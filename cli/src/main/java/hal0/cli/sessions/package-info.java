/// `hal0 sessions`: the conversations that were led here, listed, searched, shown, gone on with,
/// copied, exported and deleted.
///
/// All of it works on the files of the home; nothing here needs a provider or the relay, and most
/// does not even need a configuration that can be read.
@NullMarked
package hal0.cli.sessions;

import org.jspecify.annotations.NullMarked;
