package hal0.agent.file;

import hal0.agent.tool.ToolException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The lines of a patch, read one by one.
///
/// **Errors** [ToolException] naming the line of the patch.
final class PatchText {
    private static final Pattern RANGES =
            Pattern.compile("@@+ -(\\d+)(?:,\\d+)? \\+\\d+(?:,\\d+)? @@.*");

    private final List<String> lines;
    private int at;

    private PatchText(List<String> lines) {
        this.lines = lines;
    }

    /// What the patch does, in either format.
    static List<FilePatch> read(String patch) {
        PatchText text = new PatchText(CrlfText.plain(patch).lines().toList());
        List<FilePatch> files =
                text.lines.stream().anyMatch(line -> line.strip().equals(EnvelopeReader.BEGIN))
                        ? new EnvelopeReader(text).read()
                        : new UnifiedReader(text).read();
        if (files.isEmpty()) {
            throw new ToolException(
                    "the patch changes no file; it begins with \"*** Begin Patch\" and a line such"
                            + " as \"*** Update File: PATH\", or is a unified diff");
        }
        return files;
    }

    boolean more() {
        return at < lines.size();
    }

    String peek() {
        return lines.get(at);
    }

    /// The line behind the next one; empty at the end.
    String second() {
        return at + 1 < lines.size() ? lines.get(at + 1) : "";
    }

    String next() {
        return lines.get(at++);
    }

    /// Where a hunk begins, if this is the head of one that says so; 0 if not.
    static int hint(String line) {
        Matcher ranges = RANGES.matcher(line);
        // Nobody's file has so many lines that the number has more digits.
        boolean says = ranges.matches() && ranges.group(1).length() < 10;
        return says ? Integer.parseInt(ranges.group(1)) : 0;
    }

    static boolean isRanges(String line) {
        return RANGES.matcher(line).matches();
    }

    ToolException wrong(String what) {
        return new ToolException("line %d of the patch: %s".formatted(at + 1, what));
    }
}
