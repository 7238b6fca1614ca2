package hal0.tui.state;

import hal0.tui.text.Role;
import hal0.tui.text.Safe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lines over the transcript that are read, and what Enter does after that; null where it only
/// closes. **Units** `scroll` in lines.
public record Sheet(String title, List<Line> lines, int scroll, Effect.@Nullable Work then)
        implements Overlay {

    public Sheet {
        lines = List.copyOf(lines);
    }

    /// One of them; longer ones are wrapped.
    public record Line(String text, Role role) {
        public Line {
            text = Safe.oneLine(text);
        }

        public static Line plain(String text) {
            return new Line(text, Role.PLAIN);
        }

        public static Line dim(String text) {
            return new Line(text, Role.DIM);
        }

        public static Line head(String text) {
            return new Line(text, Role.ACCENT);
        }
    }

    public static Sheet of(String title, List<Line> lines) {
        return new Sheet(title, lines, 0, null);
    }

    /// What is shown below the lines.
    public String foot() {
        return then == null ? "↑ ↓ scroll · Esc closes" : "Enter does it · Esc leaves it";
    }

    Sheet scrolled(int steps) {
        int last = Math.max(0, lines.size() * 2 - 1);
        return new Sheet(title, lines, Math.clamp((long) scroll + steps, 0, last), then);
    }
}
