/// Themes as data: palettes that come with the program as resources, and the user's own files.
///
/// Nothing here knows of a screen. Entry types [hal0.tui.theme.Palettes], which reads them, and
/// [hal0.tui.theme.Palette], from which the view makes styles. Safe from any thread.
@NullMarked
package hal0.tui.theme;

import org.jspecify.annotations.NullMarked;
