package hal0.agent;

import hal0.agent.checkpoint.Direction;
import hal0.agent.checkpoint.FileStep;
import hal0.providers.message.Part;
import java.util.List;

/// What taking a turn back, or bringing it back, does or did.
///
/// **Shape** `input` is what the user said at the begin of the turn; `files` has every path that
/// the turn changed, those that are left as they are too.
public record UndoReport(Direction direction, List<Part> input, List<FileStep> files) {
    public UndoReport {
        input = List.copyOf(input);
        files = List.copyOf(files);
    }

    /// Whether nobody else changed any of the files.
    public boolean possible() {
        return files.stream().noneMatch(step -> step.kind() == FileStep.Kind.CONFLICT);
    }
}
