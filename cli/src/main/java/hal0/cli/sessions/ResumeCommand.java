package hal0.cli.sessions;

import hal0.cli.chat.FullScreen;
import hal0.cli.console.HomeOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `hal0 sessions resume [ID]`: goes on with a conversation on the screen.
@Command(
        name = "resume",
        description = "Go on with a conversation on the screen, as hal0 --resume ID does.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 sessions resume",
            "  hal0 sessions resume 20261121-0813"
        })
final class ResumeCommand implements Callable<Integer> {
    private final HomeOptions home;

    @Parameters(
            paramLabel = "ID",
            arity = "0..1",
            description = "A session; the latest of this folder by default.")
    private @Nullable String id;

    ResumeCommand(HomeOptions home) {
        this.home = home;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return FullScreen.resume(home, id);
    }
}
