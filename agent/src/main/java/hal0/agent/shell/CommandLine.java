package hal0.agent.shell;

/// Shows command lines on one line.
final class CommandLine {
    private CommandLine() {}

    /// Line ends as `⏎`, other control characters as `�`, the end of a long one cut.
    static String shown(String line, int most) {
        StringBuilder shown = new StringBuilder();
        for (char c : line.strip().replaceAll("\\s*\\R\\s*", " ⏎ ").toCharArray()) {
            shown.append(
                    Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                            ? '�'
                            : c);
            if (shown.length() >= most) {
                return shown.append('…').toString();
            }
        }
        return shown.toString();
    }
}
