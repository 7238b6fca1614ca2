package hal0.agent;

import hal0.agent.checkpoint.CheckpointException;
import hal0.agent.checkpoint.Checkpoints;
import hal0.agent.checkpoint.Direction;
import hal0.agent.checkpoint.FileChange;
import hal0.agent.checkpoint.Kept;
import hal0.agent.session.History.Numbered;
import hal0.agent.session.SessionEntry;
import hal0.agent.session.SessionException;
import hal0.agent.session.Sessions;
import hal0.providers.message.Part;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes turns back and brings them back, files and conversation together.
///
/// **Errors** [CheckpointException] when somebody else changed one of the files or one cannot be
/// written, [SessionException] when the session cannot; then everything is as it was. **Threads**
/// one.
public final class Undo implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Undo.class.getName());

    private final SessionRecorder recorder;
    private final Checkpoints checkpoints;
    private final InstantSource clock;
    private final Runnable closing;

    Undo(SessionRecorder recorder, Checkpoints checkpoints, InstantSource clock) {
        this(recorder, checkpoints, clock, () -> {});
    }

    private Undo(
            SessionRecorder recorder,
            Checkpoints checkpoints,
            InstantSource clock,
            Runnable closing) {
        this.recorder = recorder;
        this.checkpoints = checkpoints;
        this.clock = clock;
        this.closing = closing;
    }

    /// For a session that is not being led here.
    public static Undo open(Sessions sessions, String id, Checkpoints checkpoints) {
        Sessions.Opened opened = sessions.resume(id);
        return new Undo(
                new SessionRecorder(opened.log(), opened.session().entries()),
                checkpoints,
                sessions.clock(),
                () -> sessions.close(opened.log()));
    }

    /// What would be done; empty when there is nothing to take back or to bring back.
    public Optional<UndoReport> preview(Direction direction) {
        finish();
        List<Numbered> turn = turn(direction);
        return turn.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new UndoReport(
                                direction,
                                input(turn),
                                checkpoints.preview(changes(turn), direction)));
    }

    /// Does it; empty when there is nothing to take back or to bring back.
    public Optional<UndoReport> run(Direction direction) {
        finish();
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
        if (recorder.log().readOnly()) {
            return;
        }
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

    @Override
    public void close() {
        closing.run();
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
