package hal0.cli;

/// Runs several commands in one process: a build does so to have Java's cache of loaded classes
/// know all of them, which it can only learn from one run. Each argument is a command with its
/// words.
///
/// **Errors** the exit code of the first command that failed, whose words are told.
public final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] commands) {
        for (String command : commands) {
            int code = Main.run(command.split(" "));
            if (code != 0) {
                System.err.println(command + " ended with " + code);
                System.exit(code);
            }
        }
    }
}
