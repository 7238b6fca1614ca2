package hal0.tui.terminal;

/// The nearest that a terminal without UTF-8 can show, in the same number of cells.
final class Ascii {
    private static final String FROM = "─│╭╮╰╯‹›…•·✓∴▌↓↑←→☐☑⋯“”‘’–—×▸✗⊘█░−▏▎▍▌▋▊▉●○◐";
    private static final String TO = "-|++++<>.*-+*|v^<>ox.\"\"''--x>x/#.-|||####*o~";

    private Ascii() {}

    static String of(String cluster, boolean wide) {
        if (cluster.length() == 1 && cluster.charAt(0) < 0x7F) {
            return cluster;
        }
        if (wide) {
            return "??";
        }
        int index = cluster.length() == 1 ? FROM.indexOf(cluster) : -1;
        return index < 0 ? "?" : TO.substring(index, index + 1);
    }
}
