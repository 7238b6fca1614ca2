package hal0.agent.file;

import hal0.agent.tool.ToolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads unified diffs, those of git with their renames too.
///
/// **Shape** how many lines a hunk says it has is not believed, as models count badly: it ends
/// where the next begins. **Source**
/// https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html and
/// https://git-scm.com/docs/diff-format (read 2026-11-21).
final class UnifiedReader {
    private static final String NOTHING = "/dev/null";

    private final PatchText text;
    private final List<FilePatch> files = new ArrayList<>();

    /// Of the file that git's head names, until its hunks come.
    private @Nullable String renamedFrom;

    UnifiedReader(PatchText text) {
        this.text = text;
    }

    List<FilePatch> read() {
        while (text.more()) {
            String line = text.peek();
            if (line.startsWith("--- ") && text.second().startsWith("+++ ")) {
                file();
                continue;
            }
            if (line.startsWith("GIT binary patch") || line.startsWith("Binary files ")) {
                throw text.wrong("a binary file cannot be patched");
            }
            if (line.startsWith("@@ ")) {
                throw text.wrong("a hunk without --- and +++ lines before it");
            }
            text.next();
            if (line.startsWith("rename from ")) {
                renamedFrom = line.substring("rename from ".length());
            } else if (line.startsWith("rename to ") && renamedFrom != null) {
                rename(renamedFrom, line.substring("rename to ".length()));
            }
        }
        return files;
    }

    private void rename(String from, String to) {
        renamedFrom = null;
        // The hunks follow with both names, if there are any.
        while (text.more() && text.peek().startsWith("index ")) {
            text.next();
        }
        if (!text.more() || !text.peek().startsWith("--- ")) {
            files.add(new FilePatch.Update(from, to, List.of()));
        }
    }

    private void file() {
        String from = path(text.next().substring(4), "a/");
        String to = path(text.next().substring(4), "b/");
        List<FilePatch.Hunk> hunks = hunks();
        if (from == null && to == null) {
            throw text.wrong("both names are " + NOTHING);
        }
        if (to == null) {
            files.add(new FilePatch.Delete(Objects.requireNonNull(from)));
        } else if (from == null) {
            files.add(new FilePatch.Add(to, content(hunks)));
        } else if (hunks.isEmpty() && from.equals(to)) {
            throw text.wrong("no hunk for " + to);
        } else {
            files.add(new FilePatch.Update(from, from.equals(to) ? null : to, hunks));
        }
    }

    /// Null for no file. A time may follow behind a tab.
    private static @Nullable String path(String written, String prefix) {
        int tab = written.indexOf('\t');
        String path = (tab < 0 ? written : written.substring(0, tab)).strip();
        if (path.equals(NOTHING)) {
            return null;
        }
        boolean quoted = path.length() > 1 && path.startsWith("\"") && path.endsWith("\"");
        if (quoted && path.indexOf('\\') >= 0) {
            throw new ToolException("write the name " + path + " without escapes");
        }
        String name = quoted ? path.substring(1, path.length() - 1) : path;
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }

    private List<FilePatch.Hunk> hunks() {
        List<FilePatch.Hunk> hunks = new ArrayList<>();
        while (text.more() && text.peek().startsWith("@@")) {
            HunkBuilder hunk = new HunkBuilder();
            hunk.hint(PatchText.hint(text.next()));
            while (text.more() && !isNext() && hunk.line(text.peek())) {
                text.next();
            }
            if (hunk.isEmpty()) {
                throw text.wrong("a hunk without lines");
            }
            if (text.more() && !isNext()) {
                // Left out in silence, it would be a change that nobody made.
                throw text.wrong(
                        "a line of a hunk begins with a space, + or -: \"%s\""
                                .formatted(Lines.cut(text.peek(), 80)));
            }
            hunks.add(hunk.hunk());
        }
        return hunks;
    }

    private boolean isNext() {
        String line = text.peek();
        return line.startsWith("@@")
                || line.startsWith("diff ")
                || line.startsWith("Index: ")
                || (line.startsWith("--- ") && text.second().startsWith("+++ "));
    }

    private static String content(List<FilePatch.Hunk> hunks) {
        StringBuilder content = new StringBuilder();
        boolean ended = true;
        for (FilePatch.Hunk hunk : hunks) {
            hunk.lines().forEach(line -> content.append(line.text()).append('\n'));
            ended = hunk.newline() == null;
        }
        if (!ended) {
            content.setLength(content.length() - 1);
        }
        return content.toString();
    }
}
