package hal0.tui.view;

import hal0.tui.text.Span;
import java.util.List;

/// Lines as they are left in the normal screen.
public final class Transcription {
    private Transcription() {}

    public static String of(List<List<Span>> lines, Theme theme) {
        StringBuilder out = new StringBuilder();
        for (List<Span> line : lines) {
            for (Span span : line) {
                out.append(theme.style(span.ink()).sequence()).append(span.text());
            }
            out.append("\u001b[0m\n");
        }
        return out.toString();
    }
}
