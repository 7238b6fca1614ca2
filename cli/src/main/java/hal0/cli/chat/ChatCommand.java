package hal0.cli.chat;

import hal0.cli.console.HomeOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `hal0 chat`: the same as `hal0` alone.
@Command(
        name = "chat",
        description = "Open the full-screen client, as hal0 without a command does.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  hal0 chat --continue", "  hal0 chat --resume 20261121-0813"})
public final class ChatCommand implements Callable<Integer> {
    private final HomeOptions home;

    @Mixin private final ChatOptions options = new ChatOptions();

    public ChatCommand(HomeOptions home) {
        this.home = home;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return FullScreen.run(home, options);
    }
}
