package hal0.providers.gemini;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One part of an answer that can be said.
sealed interface AnswerPiece {
    record Text(String text) implements AnswerPiece {}

    record Thought(String text, @Nullable String signature) implements AnswerPiece {}

    /// Behind a thought it belongs to that, else to the text before it.
    record Signature(String signature, boolean ofThought) implements AnswerPiece {}

    record Opaque(String json) implements AnswerPiece {}

    record Call(@Nullable String id, String name, String arguments, @Nullable String signature)
            implements AnswerPiece {}

    default void write(JsonGenerator json) throws IOException {
        switch (this) {
            case Text(var text) -> PartJson.text(json, text);
            case Thought(var text, var signature) -> PartJson.thought(json, text, true, signature);
            case Signature(var signature, var ofThought) ->
                    PartJson.thought(json, "", ofThought, signature);
            case Opaque(var part) -> Json.writeRaw(json, part);
            case Call(var id, var name, var arguments, var signature) ->
                    PartJson.call(json, id, name, arguments, signature);
        }
    }

    /// The parts of a whole answer: pieces of one text are one text.
    static List<AnswerPiece> joined(List<AnswerPiece> pieces) {
        List<AnswerPiece> joined = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        boolean thought = false;
        for (AnswerPiece piece : pieces) {
            boolean isThought = piece instanceof Thought;
            boolean goesOn = isThought == thought;
            switch (piece) {
                case Text(var text) -> {
                    if (!goesOn) {
                        end(open, thought, null, joined);
                    }
                    open.append(text);
                }
                case Thought(var text, _) -> {
                    if (!goesOn) {
                        end(open, thought, null, joined);
                    }
                    open.append(text);
                }
                case Signature(var signature, var ofThought) -> {
                    if (ofThought && thought && !open.isEmpty()) {
                        end(open, true, signature, joined);
                    } else {
                        end(open, thought, null, joined);
                        joined.add(piece);
                    }
                }
                case Opaque _, Call _ -> {
                    end(open, thought, null, joined);
                    joined.add(piece);
                }
            }
            thought = isThought;
        }
        end(open, thought, null, joined);
        return joined;
    }

    private static void end(
            StringBuilder open, boolean thought, @Nullable String signature, List<AnswerPiece> to) {
        if (!open.isEmpty()) {
            String text = open.toString();
            to.add(thought ? new Thought(text, signature) : new Text(text));
            open.setLength(0);
        }
    }
}
