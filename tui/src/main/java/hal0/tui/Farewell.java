package hal0.tui;

import hal0.tui.state.Scroll;
import hal0.tui.state.Session;
import hal0.tui.state.UiState;
import hal0.tui.state.Viewport;
import hal0.tui.terminal.Size;
import hal0.tui.text.Role;
import hal0.tui.text.Span;
import hal0.tui.view.Theme;
import hal0.tui.view.Transcription;
import java.util.ArrayList;
import java.util.List;

/// What stays in the normal screen after leaving: the end of the conversation, how to go on with
/// it, and what it cost.
final class Farewell {
    private Farewell() {}

    /// For a screen that showed the conversation where nothing of it is left.
    static String whole(UiState state, Size size, String session, Theme theme) {
        Viewport end =
                new Viewport(
                        state.transcript().closed(),
                        size.columns() - 1,
                        Math.max(1, size.rows() - 3),
                        state.screen().folds());
        List<List<Span>> lines = new ArrayList<>(end.window(new Scroll.Following()).lines());
        while (!lines.isEmpty() && lines.getFirst().isEmpty()) {
            lines.removeFirst();
        }
        lines.addAll(goingOn(state, session));
        return Transcription.of(lines, theme);
    }

    /// For one whose conversation stands in the scrollback already.
    static String line(UiState state, String session, Theme theme) {
        return Transcription.of(goingOn(state, session), theme);
    }

    /// None where nothing was said.
    private static List<List<Span>> goingOn(UiState state, String session) {
        if (session.isEmpty()) {
            return List.of();
        }
        return List.of(List.of(Span.of(text(state, session), Role.DIM)));
    }

    static String text(UiState state, String session) {
        Session now = state.session();
        boolean local = now.active() != null && now.active().local();
        return "hal0 -r %s goes on with it · Spend: %s"
                .formatted(session, now.spend().label(local));
    }
}
