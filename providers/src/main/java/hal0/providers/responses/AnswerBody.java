package hal0.providers.responses;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.ErrorBody;
import hal0.providers.dialect.Json;
import hal0.providers.event.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A `response` object: the whole answer, or what is known of it so far.
///
/// **Shape** `output` null where it was not asked for or is not there. **Source**
/// resources/responses/responses.d.ts (`Response`) in the npm package openai 6.49.0, read
/// 2026-11-21.
final class AnswerBody {
    private @Nullable String id;
    private @Nullable String model;
    private @Nullable String status;
    private @Nullable String incompleteReason;
    private @Nullable Usage usage;
    private @Nullable ErrorBody error;
    private @Nullable List<AnswerItem> output;

    private AnswerBody() {}

    /// The object at hand, null for anything else.
    static @Nullable AnswerBody read(JsonParser p, boolean withOutput) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return null;
        }
        AnswerBody body = new AnswerBody();
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String field = p.currentName();
            p.nextToken();
            switch (field) {
                case "id" -> body.id = Json.text(p);
                case "model" -> body.model = Json.text(p);
                case "status" -> body.status = Json.text(p);
                case "usage" -> body.usage = TokenUsage.read(p);
                case "incomplete_details" -> body.details(p);
                case "error" -> body.error(p);
                case "output" -> body.output(p, withOutput);
                default -> p.skipChildren();
            }
        }
        if (p.currentToken() != JsonToken.END_OBJECT) {
            throw new IOException("the object does not end");
        }
        return body;
    }

    private void details(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            boolean reason = p.currentName().equals("reason");
            p.nextToken();
            if (reason) {
                incompleteReason = Json.text(p);
            } else {
                p.skipChildren();
            }
        }
    }

    private void error(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.VALUE_NULL) {
            error = ErrorBody.read(p);
        }
    }

    private void output(JsonParser p, boolean wanted) throws IOException {
        if (!wanted || p.currentToken() != JsonToken.START_ARRAY) {
            p.skipChildren();
            return;
        }
        List<AnswerItem> items = new ArrayList<>();
        while (p.nextToken() != JsonToken.END_ARRAY) {
            AnswerItem item = AnswerItem.read(p);
            if (item != null) {
                items.add(item);
            }
        }
        output = items;
    }

    @Nullable String id() {
        return id;
    }

    @Nullable String model() {
        return model;
    }

    String status() {
        return status == null ? "" : status;
    }

    @Nullable String incompleteReason() {
        return incompleteReason;
    }

    @Nullable Usage usage() {
        return usage;
    }

    @Nullable ErrorBody error() {
        return error;
    }

    @Nullable List<AnswerItem> output() {
        return output;
    }
}
