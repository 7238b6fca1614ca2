package hal0.tui.state;

import java.util.ArrayList;
import java.util.List;

/// What a transcript looks like, line by line.
final class Shown {
    private Shown() {}

    static List<String> lines(Transcript transcript, Folds folds) {
        return lines(new Viewport(transcript, 79, 200, folds), new Scroll.Following());
    }

    static List<String> lines(UiState state) {
        return lines(state.viewport(), state.screen().scroll());
    }

    private static List<String> lines(Viewport viewport, Scroll scroll) {
        List<String> lines = new ArrayList<>();
        viewport.window(scroll)
                .lines()
                .forEach(line -> {
                    StringBuilder text = new StringBuilder();
                    line.forEach(span -> text.append(span.text()));
                    lines.add(text.toString().stripTrailing());
                });
        return lines;
    }
}
