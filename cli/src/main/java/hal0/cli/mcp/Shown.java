package hal0.cli.mcp;

import hal0.agent.mcp.ServerSpec.Reach;
import hal0.home.config.Masks;

/// How a server is reached, as it may be shown: without what looks like a secret.
final class Shown {
    private Shown() {}

    static String transport(Reach reach) {
        return switch (reach) {
            case Reach.Command _ -> "stdio";
            case Reach.Web _ -> "http";
        };
    }

    static String reach(Reach reach) {
        return switch (reach) {
            case Reach.Command(var command, _) -> String.join(" ", Masks.words(command));
            case Reach.Web web -> web.shown();
        };
    }
}
