package hal0.cli;

import hal0.cli.chat.ChatOptions;
import hal0.cli.chat.FullScreen;
import hal0.cli.console.HomeOptions;
import hal0.home.Version;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

/// `hal0`: the full-screen client, with the relay inside.
@Command(
        name = "hal0",
        description = {
            "Terminal client and local relay for language models.",
            "Without a command: the full-screen client, with the relay inside."
        },
        mixinStandardHelpOptions = true,
        versionProvider = HomeCommand.VersionOfHal0.class,
        footer = {
            "",
            "Examples:",
            "  hal0",
            "  hal0 --provider groq --model llama-3.3-70b-versatile",
            "  hal0 --continue",
            "",
            "Exit codes: 0 done, 1 failed, 2 usage, 3 configuration, 4 provider,"
                    + " 5 something was denied, 6 budget reached, 7 nothing could be checked, 130 interrupted."
        })
final class HomeCommand implements Callable<Integer> {
    @Mixin private final HomeOptions home;
    @Mixin private final ChatOptions options = new ChatOptions();

    HomeCommand(HomeOptions home) {
        this.home = home;
    }

    /// Asks the jar, as `--version` alone does.
    static final class VersionOfHal0 implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"hal0 " + Version.current()};
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return FullScreen.run(home, options);
    }
}
