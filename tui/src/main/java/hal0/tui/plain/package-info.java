/// The client in lines: what screen readers and pipes can follow. Nothing moves the cursor but
/// editing a line, nothing is drawn, nothing has a colour.
///
/// Entry types [hal0.tui.plain.Lines], where lines come from and go to, and its two kinds. What is
/// said of a turn and of what lies over a screen is text here.
@NullMarked
package hal0.tui.plain;

import org.jspecify.annotations.NullMarked;
