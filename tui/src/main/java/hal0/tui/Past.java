package hal0.tui;

import hal0.agent.FileDiff;
import hal0.agent.UndoReport;
import hal0.agent.checkpoint.Direction;
import hal0.tui.board.SessionsBoard;
import hal0.tui.state.Earlier;
import hal0.tui.state.StoredSession;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What was said before: in this conversation, and in others.
///
/// **Errors** what is thrown says in its message what stands in the way, and then nothing has
/// changed. **Threads** one call at a time, between turns, never from the UI thread.
public interface Past {

    /// What taking the last turn back, or bringing one back, would do; empty when there is none.
    Optional<UndoReport> preview(Direction direction);

    /// Does it; empty when there is none.
    Optional<UndoReport> go(Direction direction);

    /// Tells the model everything again that the last summary stands for; false when there is none.
    boolean expand();

    /// What holds of the conversation now.
    Earlier now();

    /// When the last session of this folder was cut off, if it was.
    default Optional<Instant> cutOff() {
        return Optional.empty();
    }

    /// Those of this folder or of all, without this one, the newest first.
    List<StoredSession> sessions(boolean everywhere);

    /// Of these the ones in which somebody said the words.
    List<StoredSession> search(String words, boolean everywhere);

    /// What was said last in a session, the oldest first.
    List<SessionsBoard.Said> end(String id);

    /// Deletes a session; gives back what to tell of it.
    String delete(String id);

    /// Goes on with another one, named as on the command line; gives back what to tell of it.
    String resume(String id);

    /// Goes on in a copy; gives back what to tell of it.
    String fork();

    /// What the conversation changed in files, each by its name in the folder.
    List<FileDiff> changes();

    /// What was answered in words, the newest first.
    List<String> answers();

    /// Writes the conversation into a file, or one named after it where `name` is empty; gives back
    /// what to tell of it. What is there already stays.
    String export(String name);

    /// Nothing was said.
    Past NONE =
            new Past() {
                @Override
                public Optional<UndoReport> preview(Direction direction) {
                    return Optional.empty();
                }

                @Override
                public Optional<UndoReport> go(Direction direction) {
                    return Optional.empty();
                }

                @Override
                public boolean expand() {
                    return false;
                }

                @Override
                public Earlier now() {
                    return Earlier.NOTHING;
                }

                @Override
                public List<StoredSession> sessions(boolean everywhere) {
                    return List.of();
                }

                @Override
                public List<StoredSession> search(String words, boolean everywhere) {
                    return List.of();
                }

                @Override
                public List<SessionsBoard.Said> end(String id) {
                    return List.of();
                }

                @Override
                public String delete(String id) {
                    throw new IllegalArgumentException("there is no session " + id);
                }

                @Override
                public String resume(String id) {
                    throw new IllegalArgumentException("there is no session " + id);
                }

                @Override
                public String fork() {
                    throw new IllegalArgumentException("nothing was said yet");
                }

                @Override
                public List<FileDiff> changes() {
                    return List.of();
                }

                @Override
                public List<String> answers() {
                    return List.of();
                }

                @Override
                public String export(String name) {
                    throw new IllegalArgumentException("nothing was said yet");
                }
            };
}
