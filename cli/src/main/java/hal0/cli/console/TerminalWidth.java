package hal0.cli.console;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How many columns the terminal has on which the program runs.
///
/// **Shape** asked of `stty`, which every Unix has: the JDK cannot tell, and the library of the
/// screen takes a quarter of a second to load. **Threads** any; may take a second where the
/// terminal hangs.
final class TerminalWidth {
    private static final Pattern SIZE = Pattern.compile("\\d+ (\\d{1,5})\\s*");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private TerminalWidth() {}

    /// Any number of columns where that cannot be told.
    static int ask() {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(new File("/dev/tty"))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!stty.waitFor(LONGEST_WAIT)) {
                stty.destroyForcibly();
                return Integer.MAX_VALUE;
            }
            return parse(new String(stty.getInputStream().readAllBytes(), US_ASCII));
        } catch (IOException e) {
            // No stty or no terminal of our own: lines stay as long as they are.
            return Integer.MAX_VALUE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Integer.MAX_VALUE;
        }
    }

    /// A terminal that does not know its size says 0.
    static int parse(String size) {
        Matcher found = SIZE.matcher(size);
        int columns = found.matches() ? Integer.parseInt(found.group(1)) : 0;
        return columns == 0 ? Integer.MAX_VALUE : columns;
    }
}
