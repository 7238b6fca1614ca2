package hal0.cli;

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
        System.exit(CommandLineRunner.run(arguments));
    }
}
