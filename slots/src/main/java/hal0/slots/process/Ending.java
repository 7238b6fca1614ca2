package hal0.slots.process;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Why a server ended, in words.
final class Ending {
    private static final int SIGNALLED = 128;
    private static final int SIGKILL = 9;
    private static final int LONGEST = 200;
    private static final Map<Integer, String> SIGNALS =
            Map.of(
                    1, "SIGHUP",
                    2, "SIGINT",
                    4, "SIGILL",
                    6, "SIGABRT",
                    7, "SIGBUS",
                    8, "SIGFPE",
                    9, "SIGKILL",
                    11, "SIGSEGV",
                    15, "SIGTERM");

    private Ending() {}

    /// **Shape** `code` as a shell has it, null where it is not known because the process was
    /// started by an earlier relay; `outOfMemory` when the kernel has killed somebody for that just
    /// then; `lastWords` the last line of its output, empty without one.
    static String of(@Nullable Integer code, boolean outOfMemory, String lastWords) {
        StringBuilder text = new StringBuilder(code == null ? unknown() : known(code));
        if (outOfMemory && (code == null || code == SIGNALLED + SIGKILL)) {
            text.append("; the kernel killed a process just then because memory ran out");
        }
        String words = printable(lastWords);
        if (!words.isEmpty()) {
            text.append("; its last output: ").append(words);
        }
        return text.toString();
    }

    private static String unknown() {
        return "it ended (an earlier relay had started it, so its exit code is not known)";
    }

    private static String known(int code) {
        int signal = code - SIGNALLED;
        if (signal <= 0 || signal > 64) {
            return "it ended with exit code " + code;
        }
        String name = SIGNALS.getOrDefault(signal, "");
        return "it was ended by signal %d%s"
                .formatted(signal, name.isEmpty() ? "" : " (" + name + ")");
    }

    /// It is shown on terminals, so what would steer one is left out.
    private static String printable(String line) {
        String clean = line.replaceAll("\\p{Cntrl}(\\[[0-9;]*[A-Za-z])?", "").strip();
        return clean.length() <= LONGEST
                ? clean
                : String.format(Locale.ROOT, "%s…", clean.substring(0, LONGEST));
    }
}
