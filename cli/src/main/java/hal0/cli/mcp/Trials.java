package hal0.cli.mcp;

import hal0.agent.mcp.McpParts;
import hal0.agent.mcp.McpServers;
import hal0.agent.mcp.ServerSpec;
import hal0.agent.mcp.wire.McpException;
import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.Interrupt;
import hal0.cli.console.Progress;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.cli.wiring.McpSetup;
import hal0.providers.http.CancelToken;
import hal0.providers.probe.SideBySide;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tries servers out, several beside each other.
final class Trials {
    private static final int AT_ONCE = 8;
    private static final long ENDING_SECONDS = 5;

    private Trials() {}

    /// What came of a server: one of the two is there.
    record Trial(ServerSpec spec, McpServers.@Nullable Tried tried, @Nullable String why) {}

    /// **Errors** [CommandException] when the user interrupted.
    static List<Trial> of(Configuration configuration, List<ServerSpec> specs, Console console)
            throws InterruptedException {
        CancelToken cancel = new CancelToken();
        try (Interrupt _ = Interrupt.cancels(cancel, ENDING_SECONDS);
                Hal0 hal0 = Hal0.open(configuration);
                Progress progress = Progress.on(console)) {
            Path here = Path.of("").toAbsolutePath();
            McpParts parts = McpSetup.parts(configuration, hal0.transport(), here);
            List<Trial> trials =
                    SideBySide.each(
                            specs,
                            AT_ONCE,
                            spec -> {
                                progress.at(spec.name() + " …");
                                return tried(spec, parts, cancel);
                            });
            if (cancel.isCancelled()) {
                throw new CommandException(ExitCode.INTERRUPTED, "interrupted");
            }
            return trials;
        }
    }

    private static Trial tried(ServerSpec spec, McpParts parts, CancelToken cancel) {
        try {
            return new Trial(spec, McpServers.tryOut(spec, parts, cancel), null);
        } catch (McpException e) {
            return new Trial(spec, null, e.said());
        }
    }
}
