package hal0.agent;

import hal0.agent.checkpoint.CheckpointException;
import hal0.agent.checkpoint.Checkpoints;
import hal0.agent.checkpoint.Direction;
import hal0.agent.checkpoint.FileChange;
import hal0.agent.checkpoint.Kept;
import hal0.agent.session.History.Numbered;
import hal0.agent.session.SessionEntry;
import hal0.agent.session.SessionException;
import hal0.providers.message.Part;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes turns back and brings them back, files and conversation together. **Threads** one.
final class Undo {
    private static final System.Logger LOG = System.getLogger(Undo.class.getName());

    private final SessionRecorder recorder;
    private final Checkpoints checkpoints;
    private final InstantSource clock;

    Undo(SessionRecorder recorder, Checkpoints checkpoints, InstantSource clock) {
        this.recorder = recorder;
        this.checkpoints = checkpoints;
        this.clock = clock;
    }

    Optional<UndoReport> preview(Direction direction) {
        List<Numbered> turn = turn(direction);
        return turn.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new UndoReport(
                                direction,
                                input(turn),
                                checkpoints.preview(changes(turn), direction)));
    }

    Optional<UndoReport> run(Direction direction) {
        List<Numbered> turn = turn(direction);
        if (turn.isEmpty()) {
            return Optional.empty();
        }
        recorder.log().requireOurs();
        List<FileChange> changes = changes(turn);
        UndoReport report =
                new UndoReport(direction, input(turn), checkpoints.go(changes, direction));
        try {
            recorder.say(
                    switch (direction) {
                        case UNDO ->
                                new SessionEntry.Undone(clock.instant(), turn.getFirst().number());
                        case REDO -> new SessionEntry.Redone(clock.instant());
                    });
        } catch (SessionException e) {
            // Files and conversation go together or not at all.
            checkpoints.go(changes, opposite(direction));
            throw e;
        }
        recorder.log().sync();
        return Optional.of(report);
    }

    /// Tells what calls changed that were running when hal0 was killed.
    void finish() {
        for (Kept kept : recorder.history().unfinished()) {
            try {
                recorder.happened(
                        new SessionEntry.FilesChanged(clock.instant(), checkpoints.finish(kept)));
            } catch (CheckpointException e) {
                // It is tried again when the session is opened the next time.
                LOG.log(System.Logger.Level.WARNING, String.valueOf(e.getMessage()), e);
            }
        }
    }

    private List<Numbered> turn(Direction direction) {
        return switch (direction) {
            case UNDO -> recorder.history().lastTurn();
            case REDO -> recorder.history().undone();
        };
    }

    private static Direction opposite(Direction direction) {
        return switch (direction) {
            case UNDO -> Direction.REDO;
            case REDO -> Direction.UNDO;
        };
    }

    private static List<FileChange> changes(List<Numbered> turn) {
        List<FileChange> changes = new ArrayList<>();
        for (Numbered each : turn) {
            if (each.entry() instanceof SessionEntry.FilesChanged(_, var of)) {
                changes.addAll(of);
            }
        }
        return changes;
    }

    private static List<Part> input(List<Numbered> turn) {
        return turn.getFirst().entry() instanceof SessionEntry.UserSaid said
                ? said.parts()
                : List.of();
    }
}
