package hal0.tui.state;

import hal0.tui.text.Safe;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A unified diff, read: its lines with their numbers in the file. Pure.
///
/// **Shape** `created` when all of it is one new file; a file is named only where there are
/// several.
record Diff(List<Line> lines, int added, int removed, boolean created) {
    static final Diff NONE = new Diff(List.of(), 0, 0, false);

    private static final Pattern HUNK =
            Pattern.compile("@@ -(\\d+)(?:,(\\d+))? \\+(\\d+)(?:,(\\d+))? @@.*");

    enum Kind {
        SAME,
        ADDED,
        REMOVED,
        /// The name of the file that the lines after it are of.
        FILE,
        /// Lines are left out here.
        GAP,
        NOTE
    }

    /// **Units** `number` counts from 1; of a removed line in the old file, else in the new one; 0
    /// where there is none.
    record Line(Kind kind, int number, String text) {}

    Diff {
        lines = List.copyOf(lines);
    }

    static Diff of(String unified) {
        Reading reading = new Reading();
        for (String line : Safe.visible(unified).split("\n", -1)) {
            reading.line(line);
        }
        return reading.diff();
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /// How many lines come and go, to follow a title; empty where none do.
    String counts() {
        if (added == 0 && removed == 0) {
            return "";
        }
        return " ·" + (added > 0 ? " +" + added : "") + (removed > 0 ? " −" + removed : "");
    }

    /// Only within a hunk does a sign mean that a line comes or goes: one that goes may begin with
    /// two more dashes.
    private static final class Reading {
        private final List<Line> lines = new ArrayList<>();
        private int oldLeft;
        private int newLeft;
        private int oldNumber;
        private int newNumber;
        private int added;
        private int removed;
        private int files;
        private boolean hunk;
        private boolean created = true;
        private String from = "";

        void line(String line) {
            if (line.startsWith("\\")) {
                lines.add(new Line(Kind.NOTE, 0, line.substring(1).strip()));
            } else if (oldLeft > 0 || newLeft > 0) {
                inHunk(line);
            } else {
                between(line);
            }
        }

        private void inHunk(String line) {
            String text = line.isEmpty() ? "" : line.substring(1);
            if (line.startsWith("+")) {
                lines.add(new Line(Kind.ADDED, newNumber++, text));
                newLeft--;
                added++;
            } else if (line.startsWith("-")) {
                lines.add(new Line(Kind.REMOVED, oldNumber++, text));
                oldLeft--;
                removed++;
            } else if (line.startsWith("…")) {
                // It was cut; nothing follows.
                lines.add(new Line(Kind.NOTE, 0, line));
                oldLeft = 0;
                newLeft = 0;
            } else {
                lines.add(new Line(Kind.SAME, newNumber++, text));
                oldNumber++;
                oldLeft--;
                newLeft--;
            }
        }

        private void between(String line) {
            Matcher matcher = HUNK.matcher(line);
            if (matcher.matches()) {
                if (hunk) {
                    lines.add(new Line(Kind.GAP, 0, ""));
                }
                hunk = true;
                oldNumber = Integer.parseInt(matcher.group(1));
                oldLeft = count(matcher.group(2));
                newNumber = Integer.parseInt(matcher.group(3));
                newLeft = count(matcher.group(4));
            } else if (line.startsWith("--- ")) {
                from = line.substring(4);
                hunk = false;
            } else if (line.startsWith("+++ ")) {
                named(line.substring(4));
            } else if (!line.isBlank()) {
                lines.add(new Line(Kind.NOTE, 0, line));
            }
        }

        private void named(String to) {
            files++;
            created &= from.equals("/dev/null");
            String name = to.equals("/dev/null") ? from : to;
            boolean prefixed = name.startsWith("a/") || name.startsWith("b/");
            lines.add(new Line(Kind.FILE, 0, prefixed ? name.substring(2) : name));
        }

        /// A range without a count is one line.
        private static int count(String group) {
            return group == null ? 1 : Integer.parseInt(group);
        }

        Diff diff() {
            if (files < 2) {
                lines.removeIf(line -> line.kind() == Kind.FILE);
            }
            return new Diff(lines, added, removed, files == 1 && created);
        }
    }
}
