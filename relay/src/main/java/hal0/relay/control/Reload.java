package hal0.relay.control;

import java.util.List;

/// What came of reading the configuration again.
///
/// **Shape** with problems of severity error nothing is applied and the last good configuration
/// stays.
public record Reload(List<String> applied, List<String> problems) {
    public Reload {
        applied = List.copyOf(applied);
        problems = List.copyOf(problems);
    }
}
