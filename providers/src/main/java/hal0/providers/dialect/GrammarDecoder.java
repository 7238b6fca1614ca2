package hal0.providers.dialect;

import com.fasterxml.jackson.core.JsonParser;
import hal0.providers.event.StreamEvent;
import hal0.providers.sse.SseFrame;
import java.io.IOException;
import java.util.function.Consumer;

/// What every decoder does alike around the grammar of its protocol: it parses, knows when the
/// answer is over, and decides what a broken one is.
///
/// **Shape** what breaks behind the finish breaks nothing: the answer is whole by then.
public final class GrammarDecoder implements AnswerDecoder {
    private final AnswerErrors errors;
    private final AnswerGrammar grammar;
    private boolean done;

    public GrammarDecoder(AnswerErrors errors, AnswerGrammar grammar) {
        this.errors = errors;
        this.grammar = grammar;
    }

    @Override
    public State state() {
        return done ? State.DONE : grammar.reached();
    }

    @Override
    public void frame(SseFrame frame, Consumer<StreamEvent> out) {
        if (done || frame.length() == 0) {
            return;
        }
        // Compatible servers of every protocol end like OpenAI.
        if (frame.dataIs("[DONE]")) {
            if (grammar.endsWithMarker()) {
                finish(out);
            }
            return;
        }
        if ("error".equals(frame.event()) && frame.complete()) {
            throw errors.inStream(
                    ErrorBody.parse(frame.bytes(), frame.offset(), frame.length()), frame);
        }
        try (JsonParser p = Json.parser(frame.bytes(), frame.offset(), frame.length())) {
            grammar.event(p, out);
        } catch (ReportedException e) {
            throw errors.inStream(e.error(), frame);
        } catch (IOException e) {
            broken(frame, e);
            return;
        }
        if (grammar.reached() == State.DONE) {
            finish(out);
        }
    }

    private void broken(SseFrame frame, IOException e) {
        if (frame.complete()) {
            throw errors.bad(
                    "an event of the answer is not JSON",
                    frame.bytes(),
                    frame.offset(),
                    frame.length(),
                    e);
        }
        if (grammar.reached() == State.OPEN) {
            throw errors.cut();
        }
    }

    @Override
    public void whole(byte[] body, Consumer<StreamEvent> out) {
        boolean streamed;
        try (JsonParser p = Json.parser(body, 0, body.length)) {
            streamed = grammar.whole(p, out);
        } catch (ReportedException e) {
            throw errors.inBody(e.error(), body);
        } catch (IOException e) {
            throw errors.bad("the answer is not JSON", body, 0, body.length, e);
        }
        String lacking = grammar.lacks();
        if (lacking != null) {
            throw errors.bad("the answer has no " + lacking, body, 0, body.length, null);
        }
        if (streamed && grammar.reached() == State.OPEN) {
            throw errors.cut();
        }
        finish(out);
    }

    @Override
    public void end(Consumer<StreamEvent> out) {
        if (done) {
            return;
        }
        if (grammar.reached() == State.OPEN) {
            throw errors.cut();
        }
        finish(out);
    }

    private void finish(Consumer<StreamEvent> out) {
        done = true;
        out.accept(grammar.done());
    }
}
