package hal0.agent.file;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the patches that OpenAI's models are trained to write.
///
/// **Shape** what stands before `*** Begin Patch`, such as the head of a here-document, is left
/// out. **Source**
/// https://github.com/openai/codex/blob/main/codex-rs/apply-patch/apply_patch_tool_instructions.md
/// (read 2026-11-21).
final class EnvelopeReader {
    static final String BEGIN = "*** Begin Patch";
    private static final String END = "*** End Patch";
    private static final String ADD = "*** Add File:";
    private static final String DELETE = "*** Delete File:";
    private static final String UPDATE = "*** Update File:";
    private static final String MOVE = "*** Move to:";
    private static final String END_OF_FILE = "*** End of File";

    private final PatchText text;

    EnvelopeReader(PatchText text) {
        this.text = text;
    }

    List<FilePatch> read() {
        while (!text.next().strip().equals(BEGIN)) {
            // Before the patch.
        }
        List<FilePatch> files = new ArrayList<>();
        while (text.more() && !isEnd()) {
            String line = text.peek().strip();
            if (line.isEmpty()) {
                text.next();
            } else {
                files.add(file(line));
            }
        }
        if (!text.more()) {
            throw text.wrong("\"" + END + "\" is missing");
        }
        return files;
    }

    private boolean isEnd() {
        return text.peek().strip().equals(END);
    }

    private FilePatch file(String head) {
        String path = path(head, ADD);
        if (path != null) {
            text.next();
            return new FilePatch.Add(path, added());
        }
        path = path(head, DELETE);
        if (path != null) {
            text.next();
            return new FilePatch.Delete(path);
        }
        path = path(head, UPDATE);
        if (path != null) {
            text.next();
            return update(path);
        }
        throw text.wrong(
                "expected %s PATH, %s PATH, %s PATH or %s, not \"%s\""
                        .formatted(ADD, DELETE, UPDATE, END, Lines.cut(head, 80)));
    }

    private @Nullable String path(String line, String head) {
        if (!line.startsWith(head)) {
            return null;
        }
        String path = line.substring(head.length()).strip();
        if (path.isEmpty()) {
            throw text.wrong("the path is missing");
        }
        return path;
    }

    private String added() {
        StringBuilder content = new StringBuilder();
        while (text.more() && !text.peek().startsWith("*** ")) {
            String line = text.peek();
            if (!line.startsWith("+") && !line.isBlank()) {
                throw text.wrong("each line of a new file begins with +");
            }
            if (line.startsWith("+")) {
                content.append(line, 1, line.length()).append('\n');
            } else if (text.second().startsWith("+")) {
                content.append('\n');
            }
            text.next();
        }
        return content.toString();
    }

    private FilePatch update(String path) {
        String moveTo = text.more() ? path(text.peek().strip(), MOVE) : null;
        if (moveTo != null) {
            text.next();
        }
        List<FilePatch.Hunk> hunks = new ArrayList<>();
        HunkBuilder hunk = new HunkBuilder();
        while (text.more() && !isHead(text.peek())) {
            String line = text.peek();
            if (line.startsWith("@@")) {
                if (!hunk.isEmpty()) {
                    hunks.add(hunk.hunk());
                    hunk = new HunkBuilder();
                }
                anchor(hunk, line);
            } else if (line.strip().equals(END_OF_FILE)) {
                hunk.atEnd();
            } else if (!hunk.line(line)) {
                throw text.wrong(
                        "a line of a hunk begins with a space, + or -: \"%s\""
                                .formatted(Lines.cut(line, 80)));
            }
            text.next();
        }
        if (!hunk.isEmpty()) {
            hunks.add(hunk.hunk());
        } else if (hunk.hasAnchors() || (hunks.isEmpty() && moveTo == null)) {
            throw text.wrong("the update of " + path + " has a hunk without lines");
        }
        return new FilePatch.Update(path, moveTo, hunks);
    }

    private static boolean isHead(String line) {
        return line.startsWith("*** ") && !line.strip().equals(END_OF_FILE);
    }

    private static void anchor(HunkBuilder hunk, String line) {
        if (PatchText.isRanges(line)) {
            hunk.hint(PatchText.hint(line));
            return;
        }
        String anchor = line.substring(2);
        if (!anchor.isBlank()) {
            hunk.anchor(anchor.startsWith(" ") ? anchor.substring(1) : anchor);
        }
    }
}
