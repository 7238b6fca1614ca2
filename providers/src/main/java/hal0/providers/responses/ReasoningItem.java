package hal0.providers.responses;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a reasoning item, which looks the same in an input and in an output.
///
/// **Source** `ResponseReasoningItem` in resources/responses/responses.d.ts of the npm package
/// openai 6.49.0, read 2026-11-21.
final class ReasoningItem {
    private ReasoningItem() {}

    static void write(
            JsonGenerator json,
            String id,
            List<SealedReasoning.Piece> pieces,
            @Nullable String encrypted)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "reasoning");
        // Any other is refused, and gateways give others. Nothing needs it.
        if (id.startsWith("rs")) {
            json.writeStringField("id", id);
        }
        json.writeArrayFieldStart("summary");
        texts(json, pieces, SealedReasoning.Kind.SUMMARY, "summary_text");
        json.writeEndArray();
        if (pieces.stream().anyMatch(p -> p.kind() == SealedReasoning.Kind.CONTENT)) {
            json.writeArrayFieldStart("content");
            texts(json, pieces, SealedReasoning.Kind.CONTENT, "reasoning_text");
            json.writeEndArray();
        }
        if (encrypted != null) {
            json.writeStringField("encrypted_content", encrypted);
        }
        json.writeEndObject();
    }

    private static void texts(
            JsonGenerator json,
            List<SealedReasoning.Piece> pieces,
            SealedReasoning.Kind kind,
            String type)
            throws IOException {
        for (SealedReasoning.Piece piece : pieces) {
            if (piece.kind() == kind) {
                json.writeStartObject();
                json.writeStringField("type", type);
                json.writeStringField("text", piece.text());
                json.writeEndObject();
            }
        }
    }
}
