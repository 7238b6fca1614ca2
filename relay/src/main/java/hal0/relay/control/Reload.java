package hal0.relay.control;

import java.util.List;

/// What came of reading the configuration again.
///
/// **Shape** `applied` are the files whose content holds now, but for single providers in them that
/// are wrong; of a file that cannot be used, the last good reading stays.
public record Reload(List<String> applied, List<String> problems) {
    public Reload {
        applied = List.copyOf(applied);
        problems = List.copyOf(problems);
    }
}
