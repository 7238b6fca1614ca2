package hal0.agent.shell;

import java.util.Map;

/// How a command ended, in words. **Source** signal(7); bash(1), "Exit status".
final class Ended {
    private static final int SIGNALLED = 128;
    private static final Map<Integer, String> SIGNALS =
            Map.ofEntries(
                    Map.entry(1, "SIGHUP"),
                    Map.entry(2, "SIGINT"),
                    Map.entry(3, "SIGQUIT"),
                    Map.entry(4, "SIGILL"),
                    Map.entry(6, "SIGABRT"),
                    Map.entry(7, "SIGBUS"),
                    Map.entry(8, "SIGFPE"),
                    Map.entry(9, "SIGKILL"),
                    Map.entry(11, "SIGSEGV"),
                    Map.entry(13, "SIGPIPE"),
                    Map.entry(14, "SIGALRM"),
                    Map.entry(15, "SIGTERM"));

    private Ended() {}

    static String words(int code) {
        String signal = SIGNALS.get(code - SIGNALLED);
        return signal == null
                ? "exit code " + code
                : "exit code %d, ended by %s".formatted(code, signal);
    }
}
