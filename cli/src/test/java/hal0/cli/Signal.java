package hal0.cli;

import java.io.IOException;

/// Signals by name, which the JDK does not send.
final class Signal {
    private Signal() {}

    static void send(long pid, String name) throws IOException, InterruptedException {
        // The shell's own `kill`: not every system has it as a program.
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid).start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("process %d cannot be sent %s".formatted(pid, name));
        }
    }
}
