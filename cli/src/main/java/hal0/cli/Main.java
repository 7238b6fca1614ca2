package hal0.cli;

import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.home.Version;

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
        System.exit(arguments.length == 0 ? screen() : CommandLineRunner.run(arguments));
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
