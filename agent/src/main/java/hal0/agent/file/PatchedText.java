package hal0.agent.file;

import hal0.agent.tool.ToolException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Applies the hunks of a patch to a text, in the order in which they stand there.
///
/// **Shape** lines that stay are those of the text, also where the patch writes their spaces
/// otherwise. **Errors** [ToolException] naming the hunk.
final class PatchedText {
    private final CrlfText text;
    private final Lines lines;
    private final String name;
    private final List<CrlfText.Splice> splices = new ArrayList<>();
    private int from;

    private PatchedText(String raw, String name) {
        this.text = CrlfText.of(raw);
        this.lines = Lines.of(text.plain());
        this.name = name;
    }

    static String of(String raw, List<FilePatch.Hunk> hunks, String name) {
        PatchedText patched = new PatchedText(raw, name);
        for (int i = 0; i < hunks.size(); i++) {
            try {
                patched.apply(hunks.get(i));
            } catch (ToolException e) {
                throw new ToolException(
                        "hunk %d of %s: %s".formatted(i + 1, name, e.getMessage()), e);
            }
        }
        return patched.text.with(patched.splices);
    }

    private void apply(FilePatch.Hunk hunk) {
        HunkPlace places = new HunkPlace(lines, name);
        int place = places.of(hunk, from);
        int at = place;
        int begun = -1;
        StringBuilder with = new StringBuilder();
        for (FilePatch.Line line : hunk.lines()) {
            switch (line.kind()) {
                case '+' -> {
                    begun = begun < 0 ? at : begun;
                    with.append(line.text()).append('\n');
                }
                case '-' -> {
                    begun = begun < 0 ? at : begun;
                    at++;
                }
                default -> {
                    splice(begun, at, with, hunk.newline());
                    begun = -1;
                    at++;
                }
            }
        }
        splice(begun, at, with, hunk.newline());
        from = at;
    }

    private void splice(int begun, int end, StringBuilder with, @Nullable Boolean newline) {
        if (begun < 0) {
            return;
        }
        int start = lines.start(begun);
        int stop = lines.start(end);
        String plain = text.plain();
        boolean ended = plain.isEmpty() || plain.endsWith("\n");
        if (stop == plain.length() && !with.isEmpty()) {
            if (start == stop && !ended) {
                with.insert(0, '\n');
            }
            if (newline == null ? !ended : !newline) {
                with.setLength(with.length() - 1);
            }
        }
        splices.add(new CrlfText.Splice(start, stop, with.toString()));
        with.setLength(0);
    }
}
