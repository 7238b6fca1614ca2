package hal0.cli;

import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.home.Version;
import java.util.stream.Stream;

/// Where the program starts.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // Asked for by scripts and prompts all day long: answered before anything else is loaded.
        if (arguments.length == 1
                && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
            System.out.println("hal0 " + Version.current());
            return;
        }
        int code = run(arguments);
        // Java looks through all jars for a logger when a program asks for its end: it need not
        // where
        // nothing is left that would keep it from ending.
        if (code != ExitCode.DONE || !isAlone()) {
            System.exit(code);
        }
    }

    /// Whether no thread runs besides this one that a program ends only after.
    private static boolean isAlone() {
        Thread[] threads = new Thread[2 * Thread.activeCount() + 8];
        int count = Thread.enumerate(threads);
        return count < threads.length
                && Stream.of(threads)
                        .limit(count)
                        .allMatch(thread ->
                                thread.isDaemon() || thread.equals(Thread.currentThread()));
    }

    /// The exit code of the command that these are the words of.
    static int run(String... arguments) {
        return arguments.length == 0 ? screen() : CommandLineRunner.run(arguments);
    }

    /// `hal0` alone. The parser of arguments takes longer to load than the configuration.
    private static int screen() {
        try {
            return new HomeCommand(new HomeOptions()).call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        } catch (Exception e) {
            return Failure.told(e, Console.standard());
        }
    }
}
