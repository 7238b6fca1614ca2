/// The terminal: raw mode and its restoration, input bytes to keys, a grid of cells and the
/// difference between two of them.
///
/// Entry types [hal0.tui.terminal.Tty], [hal0.tui.terminal.InputDecoder] and
/// [hal0.tui.terminal.FrameWriter]. The UI thread owns all of it; only
/// [hal0.tui.terminal.TerminalModes] may be left from any thread, because a signal may end the
/// program at any time.
@NullMarked
package hal0.tui.terminal;

import org.jspecify.annotations.NullMarked;
