package hal0.cli.mcp;

import hal0.agent.mcp.ServerSpec.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a server is reached, as it may be shown: without what looks like a secret.
final class Shown {
    private static final String REDACTED = "***REDACTED***";
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(?:key|token|password|secret|credentials?|auth(?:orization)?)");

    private Shown() {}

    static String transport(Reach reach) {
        return switch (reach) {
            case Reach.Command _ -> "stdio";
            case Reach.Web _ -> "http";
        };
    }

    static String reach(Reach reach) {
        return switch (reach) {
            case Reach.Command(var command, _) -> String.join(" ", masked(command));
            case Reach.Web web -> web.shown();
        };
    }

    /// `--token VALUE`, `--api-key=VALUE`, `TOKEN=VALUE`.
    static List<String> masked(List<String> command) {
        List<String> shown = new ArrayList<>();
        boolean secretNext = false;
        for (String word : command) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            Matcher secret = SECRET.matcher(name.toLowerCase(Locale.ROOT));
            if (secretNext && !word.startsWith("-")) {
                shown.add(REDACTED);
                secretNext = false;
            } else if (equals > 0 && secret.matches()) {
                shown.add(name + "=" + REDACTED);
                secretNext = false;
            } else {
                shown.add(word);
                secretNext = word.startsWith("-") && equals < 0 && secret.matches();
            }
        }
        return shown;
    }
}
