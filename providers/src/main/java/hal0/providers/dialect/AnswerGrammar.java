package hal0.providers.dialect;

import com.fasterxml.jackson.core.JsonParser;
import hal0.providers.event.StreamEvent;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How the answers of one protocol are written; [GrammarDecoder] does the rest.
///
/// **Shape** has the state of one answer, and is told nothing more once it has reached `DONE`.
/// **Errors** `IOException` for what is not JSON, or JSON of another form; [ReportedException] for
/// a failure that the answer itself reports. **Threads** one.
public interface AnswerGrammar {

    /// Reads the event that `p` stands before.
    void event(JsonParser p, Consumer<StreamEvent> out) throws IOException, ReportedException;

    /// Reads the answer that `p` stands before, which came in one piece: everything but `Done`.
    /// Whether it is a stream nevertheless, which must be whole as one.
    boolean whole(JsonParser p, Consumer<StreamEvent> out) throws IOException, ReportedException;

    /// How far the answer is, at any time, in the middle of an event too; `DONE` behind what
    /// nothing follows.
    AnswerDecoder.State reached();

    /// What an answer in one piece cannot be without and this one is, in the plural; else null.
    @Nullable String lacks();

    /// How the answer ended.
    StreamEvent.Done done();

    /// Whether `[DONE]` is the end; elsewhere it means nothing.
    default boolean endsWithMarker() {
        return false;
    }
}
