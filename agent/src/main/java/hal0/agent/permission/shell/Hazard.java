package hal0.agent.permission.shell;

import java.util.List;

/// Why a command is asked about even where commands run unasked.
///
/// **Shape** `why` follows the command: `reaches the network`. A rule allows it only if it has all
/// of `names` among its words.
public record Hazard(String why, List<String> names) {
    public Hazard {
        names = List.copyOf(names);
    }
}
