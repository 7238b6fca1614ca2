package hal0.cli.console;

import java.util.List;

/// A failed call of a tool in one line.
public final class FailedCall {
    private FailedCall() {}

    /// A command says at its end, in brackets, how it ended, and usually just before that why;
    /// every other tool begins with the reason.
    public static String line(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty()) {
            return "";
        }
        String last = lines.getLast().strip();
        if (lines.size() == 1 || !last.startsWith("[") || !last.endsWith("]")) {
            return lines.getFirst().strip();
        }
        String how = last.substring(1, last.length() - 1);
        return how + ": " + lines.get(lines.size() - 2).strip();
    }
}
