package hal0.cli.keys;

import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Logs;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.relay.key.KeyControl;
import hal0.relay.key.KeyInfo;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 keys revoke NAME`: ends a key.
@Command(
        name = "revoke",
        description = {
            "End a key: from now on nobody is let in by it.",
            "Its spend stays in reports."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  hal0 keys revoke phone", "  hal0 keys revoke phone --forget"})
final class RevokeCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "NAME", description = "The key, by its name or id.")
    private String name = "";

    @Option(
            names = "--forget",
            description = {
                "Take it out of the list too, also one that is revoked already.",
                "Without any key in the list none is needed on this machine."
            })
    private boolean forget;

    RevokeCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() {
        Logs.quiet(System.getenv());
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        try (Hal0 hal0 = Hal0.open(configuration)) {
            KeyControl keys = hal0.keys();
            KeyInfo gone = forget ? keys.forget(name) : keys.revoke(name);
            console.err()
                    .println(
                            "%s the key \"%s\" (%s)."
                                    .formatted(
                                            forget ? "Revoked and forgot" : "Revoked",
                                            gone.name(),
                                            gone.hint()));
            sayWhatIsLeft(keys.list().stream().filter(key -> !key.launch()).toList());
        }
        return ExitCode.DONE;
    }

    private void sayWhatIsLeft(List<KeyInfo> left) {
        if (left.isEmpty()) {
            console.err().println("There is no key any more: on this machine none is needed.");
        } else if (left.stream().allMatch(KeyInfo::isRevoked)) {
            console.err()
                    .println(
                            "No key is left, so that the relay lets in hal0 itself and nobody else. Make one with"
                                    + " hal0 keys create NAME; to need none again: hal0 keys revoke %s --forget"
                                            .formatted(left.getLast().name()));
        }
    }
}
