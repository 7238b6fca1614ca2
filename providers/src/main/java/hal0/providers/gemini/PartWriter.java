package hal0.providers.gemini;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.Json;
import hal0.providers.dialect.ToolMedia;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the parts of one conversation, and remembers its calls: a result names the function that
/// was called, and the results of parallel calls stand in the order of the calls, which is all that
/// tells them apart where the API gave no ids.
///
/// **Shape** signatures go back where they were: those of calls with their calls, one that came
/// behind a text as an empty text of its own. **Source** types.Part, types.FunctionResponse,
/// types.PartMediaResolution and types.FileData at googleapis.github.io/js-genai; files in results
/// are not supported by the Gemini API: FunctionResponsePart at googleapis.github.io/kotlin-genai;
/// ai.google.dev/gemini-api/docs/thought-signatures; read 2026-11-21. **Threads** one.
final class PartWriter {
    /// What the documentation offers for a call that another model made: Gemini 3 refuses the first
    /// call of a step without any.
    static final String UNSIGNED = "skip_thought_signature_validator";

    private final boolean signatureNeeded;
    private final boolean mediaInResults;
    private final Map<String, String> nameOfCall = new HashMap<>();
    private final Map<String, Integer> lastCalls = new LinkedHashMap<>();

    PartWriter(String modelId) {
        ModelFamily family = ModelFamily.of(modelId);
        signatureNeeded = family.needsSignature();
        mediaInResults = family.takesMediaInResults();
    }

    /// What the model reads again of what it said.
    List<Part> ofModel(List<Part> parts) {
        lastCalls.clear();
        List<Part> shown = new ArrayList<>();
        for (Part part : parts) {
            switch (part) {
                case Part.Text(var text) -> {
                    if (!text.isEmpty()) {
                        shown.add(part);
                    }
                }
                case Part.ToolCall call -> shown.add(remembered(call));
                case Part.Thinking _, Part.Image _, Part.Document _, Part.Audio _, Part.Opaque _ ->
                        shown.add(part);
                case Part.RedactedThinking _, Part.Cache _, Part.ToolResult _ -> {}
            }
        }
        return shown;
    }

    private Part.ToolCall remembered(Part.ToolCall call) {
        boolean first = lastCalls.isEmpty();
        nameOfCall.put(call.id(), call.name());
        lastCalls.put(call.id(), lastCalls.size());
        return first && signatureNeeded && call.signature() == null
                ? new Part.ToolCall(call.id(), call.name(), call.arguments(), UNSIGNED)
                : call;
    }

    /// Results first, in the order of their calls; then what cannot stand in them, then the rest.
    List<Part> ofUser(List<Part> parts) {
        List<Part.ToolResult> results = new ArrayList<>();
        List<Part> rest = new ArrayList<>();
        for (Part part : parts) {
            switch (part) {
                case Part.ToolResult result -> results.add(result);
                case Part.Text(var text) -> {
                    if (!text.isEmpty()) {
                        rest.add(part);
                    }
                }
                case Part.Image _, Part.Document _, Part.Audio _, Part.Opaque _ -> rest.add(part);
                case Part.Thinking _, Part.RedactedThinking _, Part.ToolCall _, Part.Cache _ -> {}
            }
        }
        results.sort(
                Comparator.comparingInt(
                        result -> lastCalls.getOrDefault(result.callId(), Integer.MAX_VALUE)));
        List<Part> shown = new ArrayList<>();
        List<Part> behind = new ArrayList<>();
        for (Part.ToolResult result : results) {
            boolean known = nameOfCall.containsKey(result.callId());
            if (known) {
                shown.add(result);
            } else {
                // Without its call the API refuses it; the model may still need to know.
                behind.add(
                        new Part.Text(
                                "Result of the tool call %s: %s"
                                        .formatted(result.callId(), textOf(result))));
            }
            for (Part part : result.content()) {
                if (source(part) != null && !(known && staysInResult(part))) {
                    behind.addAll(ToolMedia.behind(result.callId(), part));
                }
            }
        }
        shown.addAll(behind);
        shown.addAll(rest);
        return shown;
    }

    private static @Nullable MediaSource source(Part part) {
        return switch (part) {
            case Part.Image(var source, _) -> source;
            case Part.Document(var source, _) -> source;
            case Part.Audio(var source) -> source;
            case Part.Text _,
                    Part.Thinking _,
                    Part.RedactedThinking _,
                    Part.Cache _,
                    Part.Opaque _,
                    Part.ToolCall _,
                    Part.ToolResult _ ->
                    null;
        };
    }

    /// Whether a result can hold the part: earlier models take only JSON, and none takes an
    /// address.
    private boolean staysInResult(Part part) {
        MediaSource source = mediaInResults ? source(part) : null;
        return source instanceof MediaSource.Base64
                || (source instanceof MediaSource.Url(var url) && url.startsWith("data:"));
    }

    void write(JsonGenerator json, Part part) throws IOException {
        switch (part) {
            case Part.Text(var text) -> PartJson.text(json, text);
            case Part.Thinking(var text, var signature) ->
                    PartJson.thought(json, text, !text.isEmpty(), signature);
            case Part.Image(var source, var detail) -> {
                json.writeStartObject();
                PartJson.media(json, source, MediaType.Kind.IMAGE);
                resolution(json, detail);
                json.writeEndObject();
            }
            case Part.Document(var source, _) -> media(json, source, MediaType.Kind.DOCUMENT);
            case Part.Audio(var source) -> media(json, source, MediaType.Kind.AUDIO);
            case Part.Opaque(_, var text) -> Json.writeRaw(json, text);
            case Part.ToolCall(var id, var name, var arguments, var signature) ->
                    PartJson.call(json, id, name, arguments, signature);
            case Part.ToolResult result -> result(json, result);
            case Part.RedactedThinking _, Part.Cache _ -> {}
        }
    }

    private static void media(JsonGenerator json, MediaSource source, MediaType.Kind kind)
            throws IOException {
        json.writeStartObject();
        PartJson.media(json, source, kind);
        json.writeEndObject();
    }

    /// `auto`, and what other protocols may invent, leaves it to the model.
    private static void resolution(JsonGenerator json, @Nullable String detail) throws IOException {
        switch (detail) {
            case "low", "medium", "high", "ultra_high" -> {
                json.writeObjectFieldStart("mediaResolution");
                json.writeStringField(
                        "level", "MEDIA_RESOLUTION_" + detail.toUpperCase(Locale.ROOT));
                json.writeEndObject();
            }
            case null, default -> {}
        }
    }

    private void result(JsonGenerator json, Part.ToolResult result) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("functionResponse");
        PartJson.id(json, result.callId());
        json.writeStringField("name", nameOfCall.get(result.callId()));
        json.writeObjectFieldStart("response");
        json.writeStringField(result.failed() ? "error" : "output", textOf(result));
        json.writeEndObject();
        if (result.content().stream().anyMatch(this::staysInResult)) {
            json.writeArrayFieldStart("parts");
            for (Part part : result.content()) {
                MediaSource source = source(part);
                if (source != null && staysInResult(part)) {
                    media(json, source, MediaType.Kind.DOCUMENT);
                }
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String textOf(Part.ToolResult result) {
        StringBuilder text = new StringBuilder();
        for (Part part : result.content()) {
            if (part instanceof Part.Text(var piece)) {
                text.append(piece);
            }
        }
        return text.toString();
    }
}
