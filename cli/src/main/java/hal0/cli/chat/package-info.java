/// The full-screen client as commands open it: `hal0`, `hal0 chat`, `hal0 sessions resume`.
///
/// Entry type [hal0.cli.chat.FullScreen].
@NullMarked
package hal0.cli.chat;

import org.jspecify.annotations.NullMarked;
