package hal0.tui.state;

import hal0.tui.text.Cells;
import hal0.tui.text.Safe;

/// What stands in the prompt for more than can be shown there.
public sealed interface Chip {
    int WIDEST_NAME = 40;

    /// What is sent.
    String expanded();

    /// How it is shown.
    String label();

    /// A long paste.
    record Pasted(String text) implements Chip {
        @Override
        public String expanded() {
            return text;
        }

        @Override
        public String label() {
            long lines =
                    text.chars().filter(c -> c == '\n').count() + (text.endsWith("\n") ? 0 : 1);
            return lines > 1
                    ? "[pasted " + lines + " lines]"
                    : "[pasted " + text.length() + " characters]";
        }
    }

    /// A picture that goes along.
    record Image(String path) implements Chip {
        @Override
        public String expanded() {
            return AtFile.mention(path);
        }

        @Override
        public String label() {
            String name =
                    path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
            return "[image " + Cells.ellipsis(Safe.oneLine(name), WIDEST_NAME) + "]";
        }
    }
}
