package hal0.tui.view;

import hal0.tui.state.Geometry;
import hal0.tui.state.UiState;
import hal0.tui.terminal.Canvas;
import hal0.tui.text.Role;
import hal0.tui.text.Span;
import java.util.List;

/// What stands where nothing has been said yet.
final class WelcomeView {
    private WelcomeView() {}

    static void draw(Canvas canvas, UiState state, Theme theme) {
        int rows = Geometry.of(state).transcriptRows();
        List<List<Span>> lines =
                List.of(
                        List.of(
                                Span.of("hal0 ", Role.HEADING),
                                Span.of(state.about().version(), Role.DIM)),
                        List.of(),
                        key("Enter", "send"),
                        key("/", "commands"),
                        key("Ctrl+O", "choose a model"),
                        key("?", "all keys"));
        for (int i = 0; i < lines.size() && i + 1 < rows; i++) {
            ScreenView.line(canvas, 2, i + 1, lines.get(i), theme);
        }
    }

    private static List<Span> key(String key, String does) {
        return List.of(
                Span.of(key + " ".repeat(Math.max(1, 8 - key.length())), Role.ACCENT),
                Span.of(does, Role.DIM));
    }
}
