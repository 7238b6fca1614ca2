/// Text as a terminal sees it: grapheme clusters, their width in cells, wrapping, what is safe to
/// show, and Markdown that is rendered line by line while it arrives.
///
/// Everything here is a function of its input; nothing knows of colours or of a screen. Entry types
/// [hal0.tui.text.Cells], [hal0.tui.text.Markdown] and [hal0.tui.text.Layout]. Safe from any
/// thread.
@NullMarked
package hal0.tui.text;

import org.jspecify.annotations.NullMarked;
