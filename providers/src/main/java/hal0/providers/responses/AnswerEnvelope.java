package hal0.providers.responses;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.AnswerHead;
import hal0.providers.dialect.ExtraFields;
import hal0.providers.dialect.Json;
import hal0.providers.dialect.WireError;
import hal0.providers.event.Usage;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Options;
import hal0.providers.message.Protocol;
import hal0.providers.message.Reasoning;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the `response` object around an answer's items, which repeats much of the request.
///
/// **Source** `Response` in resources/responses/responses.d.ts of the npm package openai 6.49.0,
/// and issue-20047-openai-responses.chunks.txt under packages/openai/src/responses/\_\_fixtures\_\_
/// in vercel/ai; read 2026-11-21.
final class AnswerEnvelope {
    /// How the answer stands.
    enum Status {
        IN_PROGRESS,
        COMPLETED,
        INCOMPLETE,
        FAILED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Fields of the request that come back as they were, and what they are without.
    private static final Map<String, String> REPEATED =
            Map.of(
                    "previous_response_id", "null",
                    "prompt_cache_key", "null",
                    "safety_identifier", "null",
                    "max_tool_calls", "null",
                    "metadata", "{}",
                    "store", "false",
                    "service_tier", "\"default\"",
                    "truncation", "\"disabled\"",
                    "top_logprobs", "0");

    private final AnswerHead head;

    /// The fields that repeat the request, as JSON without braces: they are written three times.
    private final String repeated;

    AnswerEnvelope(AnswerHead head) {
        this.head = head;
        this.repeated = repeated(head.request());
    }

    String id() {
        return "resp_" + head.id();
    }

    /// Writes the object; `reason` says why it is incomplete, where the protocol has a word.
    void write(
            JsonGenerator json,
            Status status,
            @Nullable String reason,
            @Nullable WireError error,
            Collection<String> items,
            @Nullable Usage usage)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("id", id());
        json.writeStringField("object", "response");
        json.writeNumberField("created_at", head.created().getEpochSecond());
        json.writeStringField("status", status.word());
        json.writeBooleanField("background", false);
        json.writeFieldName("error");
        if (error == null) {
            json.writeNull();
        } else {
            WireErrors.inResponse(json, error);
        }
        json.writeFieldName("incomplete_details");
        if (status == Status.INCOMPLETE) {
            json.writeStartObject();
            if (reason != null) {
                json.writeStringField("reason", reason);
            }
            json.writeEndObject();
        } else {
            json.writeNull();
        }
        json.writeStringField("model", head.model());
        json.writeArrayFieldStart("output");
        for (String item : items) {
            json.writeRawValue(item);
        }
        json.writeEndArray();
        json.writeFieldName("usage");
        TokenUsage.write(json, usage);
        json.writeRaw("," + repeated);
        json.writeEndObject();
    }

    private static String repeated(ChatRequest request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(bytes)) {
            json.writeStartObject();
            request(json, request);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        String object = bytes.toString(StandardCharsets.UTF_8);
        return object.substring(1, object.length() - 1);
    }

    private static void request(JsonGenerator json, ChatRequest request) throws IOException {
        Options options = request.options();
        ExtraFields extra = new ExtraFields(request.extra(), Protocol.RESPONSES);
        Settings settings = new Settings(json, extra, Namespaces.of(request));
        json.writeStringField("instructions", RequestWriter.instructions(request.messages()));
        number(json, "max_output_tokens", options.maxTokens());
        json.writeBooleanField(
                "parallel_tool_calls", !Boolean.FALSE.equals(options.parallelTools()));
        number(json, "temperature", options.temperature());
        number(json, "top_p", options.topP());
        json.writeStringField("user", options.user());
        settings.reasoning(
                options.reasoning() == null && !extra.hasIn("reasoning")
                        ? new Reasoning(null, null, null)
                        : options.reasoning());
        if (options.format() == null && !extra.hasIn("text")) {
            json.writeFieldName("text");
            json.writeRawValue("{\"format\":{\"type\":\"text\"}}");
        } else {
            settings.text(options.format());
        }
        settings.repeatTools(request.tools(), options.toolChoice());
        for (String field : REPEATED.keySet().stream().sorted().toList()) {
            String given = extra.take(field);
            json.writeFieldName(field);
            Json.writeRaw(json, given == null ? REPEATED.getOrDefault(field, "null") : given);
        }
    }

    private static void number(JsonGenerator json, String field, @Nullable Number value)
            throws IOException {
        json.writeFieldName(field);
        switch (value) {
            case null -> json.writeNull();
            case Integer whole -> json.writeNumber(whole);
            default -> json.writeNumber(value.doubleValue());
        }
    }
}
