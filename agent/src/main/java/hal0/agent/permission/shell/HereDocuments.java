package hal0.agent.permission.shell;

import java.util.ArrayList;
import java.util.List;

/// The texts that stand in a line's own lines after `<<`: passed over, and read for what runs in
/// their expansions. **Threads** one.
///
/// **Source** https://www.gnu.org/software/bash/manual/bash.html#Here-Documents, read 2026-11-21.
final class HereDocuments {
    /// **Shape** `from` is where the operator stands.
    private record Begun(String end, boolean literal, boolean tabs, int from) {}

    private final Source in;
    private final Found found;
    private final int depth;
    private final List<Begun> begun = new ArrayList<>();

    HereDocuments(Source in, Found found, int depth) {
        this.in = in;
        this.found = found;
        this.depth = depth;
    }

    void begin(Word end, boolean tabs, int from) {
        if (!end.exact() || end.text().isEmpty() || end.text().indexOf('\n') >= 0) {
            throw new Unclear("the end of a here-document is not plain");
        }
        begun.add(new Begun(end.text(), !end.bare(), tabs, from));
    }

    /// At a line end outside of quotes: the documents begun in this line follow.
    void lineEnds() {
        int lineEnd = in.at++;
        for (Begun each : begun) {
            if (in.text.indexOf('\n', each.from) != lineEnd) {
                throw new Unclear("a here-document begins in the middle of a longer line");
            }
        }
        begun.forEach(this::read);
        begun.clear();
    }

    void requireNone() {
        if (!begun.isEmpty()) {
            throw new Unclear("a here-document is not closed");
        }
    }

    private void read(Begun document) {
        int start = in.at;
        while (!in.ended()) {
            int end = in.text.indexOf('\n', in.at);
            int lineStart = in.at;
            int lineEnd = end < 0 ? in.text.length() : end;
            in.at = Math.min(lineEnd + 1, in.text.length());
            String line = in.text.substring(lineStart, lineEnd);
            if (line.equals(document.end)
                    || (document.tabs && withoutTabs(line).equals(document.end))) {
                if (!document.literal) {
                    expansions(in.text.substring(start, lineStart));
                }
                return;
            }
            if (!document.literal && line.endsWith("\\")) {
                throw new Unclear("a line of a here-document ends in a backslash");
            }
        }
        throw new Unclear("a here-document is not closed");
    }

    private static String withoutTabs(String line) {
        int start = 0;
        while (start < line.length() && line.charAt(start) == '\t') {
            start++;
        }
        return line.substring(start);
    }

    private void expansions(String text) {
        Source body = new Source(text);
        ExpansionReader expansions = new ExpansionReader(body, found, depth + 1);
        while (!body.ended()) {
            switch (body.next()) {
                case '\\' -> body.at++;
                case '$' -> expansions.dollar();
                case '`' -> expansions.backticks();
                default -> {}
            }
        }
    }
}
