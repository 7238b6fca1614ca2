package hal0.cli.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// What the screen can draw with, and the Java that draws it.
record TerminalCheck(Map<String, String> environment, boolean terminal, Runtime.Version java)
        implements Check {
    private static final int OLDEST_JAVA = 25;

    @Override
    public String id() {
        return "terminal";
    }

    @Override
    public List<Row> rows() {
        return List.of(text(), colour(), javaRow());
    }

    private Row text() {
        String locale =
                Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                        .map(name -> environment.getOrDefault(name, ""))
                        .filter(value -> !value.isEmpty())
                        .findFirst()
                        .orElse("");
        boolean utf8 = locale.toLowerCase(Locale.ROOT).replace("-", "").contains("utf8");
        return utf8
                ? Row.pass("terminal", "text is UTF-8 (" + locale + ")")
                : Row.warn(
                        "terminal",
                        "the locale %s is not UTF-8: the screen keeps to ASCII"
                                .formatted(locale.isEmpty() ? "is not set, so it" : locale),
                        "export LANG=C.UTF-8");
    }

    private Row colour() {
        String term = environment.getOrDefault("TERM", "");
        if (environment.containsKey("NO_COLOR")) {
            return Row.pass("terminal.colour", "colours are off (NO_COLOR)");
        }
        if (!terminal) {
            return Row.skip("terminal.colour", "this is no terminal");
        }
        boolean dumb = term.isEmpty() || term.equals("dumb");
        boolean full = environment.getOrDefault("COLORTERM", "").matches("truecolor|24bit");
        return dumb
                ? Row.warn(
                        "terminal.colour",
                        "TERM is %s: the screen has nothing to draw with"
                                .formatted(term.isEmpty() ? "not set" : term),
                        "export TERM=xterm-256color, or use hal0 ask")
                : Row.pass("terminal.colour", full ? "all colours" : "colours as of " + term);
    }

    private Row javaRow() {
        return java.feature() < OLDEST_JAVA
                ? Row.fail(
                        "java",
                        "this is Java %s; hal0 needs %d".formatted(java, OLDEST_JAVA),
                        "set HAL0_JAVA_HOME to a newer one")
                : Row.pass("java", "Java " + java);
    }
}
