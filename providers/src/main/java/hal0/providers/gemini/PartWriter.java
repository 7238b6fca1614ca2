package hal0.providers.gemini;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.Json;
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
/// behind a text as an empty text of its own. **Source** types.Part, types.FunctionResponse and
/// types.FileData at googleapis.github.io/js-genai;
/// ai.google.dev/gemini-api/docs/thought-signatures; read 2026-11-21. **Threads** one.
final class PartWriter {
    /// What the documentation offers for a call that another model made: Gemini 3 refuses the first
    /// call of a step without any.
    private static final String UNSIGNED = "skip_thought_signature_validator";

    private final boolean signatureNeeded;
    private final Map<String, String> nameOfCall = new HashMap<>();
    private final Map<String, Integer> lastCalls = new LinkedHashMap<>();

    PartWriter(String modelId) {
        String id = GenerateContent.bare(modelId);
        signatureNeeded =
                id.startsWith("gemini-")
                        && !id.startsWith("gemini-1")
                        && !id.startsWith("gemini-2");
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
                // A thought without signature may be anybody's, and helps nobody.
                case Part.Thinking(_, var signature) -> {
                    if (signature != null) {
                        shown.add(part);
                    }
                }
                case Part.ToolCall call -> shown.add(remembered(call));
                case Part.Image _ -> shown.add(part);
                case Part.RedactedThinking _, Part.ToolResult _ -> {}
                case Part.Document _, Part.Audio _, Part.Cache _, Part.Opaque _ -> {}
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

    /// Results first, in the order of their calls; then the images in them, then the rest.
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
                case Part.Image _ -> rest.add(part);
                case Part.Thinking _, Part.RedactedThinking _, Part.ToolCall _ -> {}
                case Part.Document _, Part.Audio _, Part.Cache _, Part.Opaque _ -> {}
            }
        }
        results.sort(
                Comparator.comparingInt(
                        result -> lastCalls.getOrDefault(result.callId(), Integer.MAX_VALUE)));
        List<Part> shown = new ArrayList<>();
        List<Part> behind = new ArrayList<>();
        for (Part.ToolResult result : results) {
            if (nameOfCall.containsKey(result.callId())) {
                shown.add(result);
            } else {
                // Without its call the API refuses it; the model may still need to know.
                behind.add(
                        new Part.Text(
                                "Result of the tool call %s: %s"
                                        .formatted(result.callId(), textOf(result))));
            }
            images(result, behind);
        }
        shown.addAll(behind);
        shown.addAll(rest);
        return shown;
    }

    /// Older models take only JSON as a result: images follow it.
    private static void images(Part.ToolResult result, List<Part> to) {
        for (Part part : result.content()) {
            if (part instanceof Part.Image) {
                to.add(new Part.Text("Image from the tool call " + result.callId() + ":"));
                to.add(part);
            }
        }
    }

    void write(JsonGenerator json, Part part) throws IOException {
        switch (part) {
            case Part.Text(var text) -> text(json, text);
            case Part.Thinking(var text, var signature) -> thought(json, text, signature);
            case Part.Image(var source, _) -> image(json, source);
            case Part.ToolCall call -> call(json, call);
            case Part.ToolResult result -> result(json, result);
            case Part.RedactedThinking _ -> {}
            case Part.Document _, Part.Audio _, Part.Cache _, Part.Opaque _ -> {}
        }
    }

    static void text(JsonGenerator json, String text) throws IOException {
        json.writeStartObject();
        json.writeStringField("text", text);
        json.writeEndObject();
    }

    private static void thought(JsonGenerator json, String text, @Nullable String signature)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("text", text);
        if (!text.isEmpty()) {
            json.writeBooleanField("thought", true);
        }
        signature(json, signature);
        json.writeEndObject();
    }

    private static void signature(JsonGenerator json, @Nullable String signature)
            throws IOException {
        if (signature != null) {
            json.writeStringField("thoughtSignature", signature);
        }
    }

    private static void image(JsonGenerator json, MediaSource source) throws IOException {
        json.writeStartObject();
        switch (source) {
            case MediaSource.Base64(var mediaType, var data) -> inline(json, mediaType, data);
            case MediaSource.FileId(var uri) -> {
                json.writeObjectFieldStart("fileData");
                json.writeStringField("fileUri", uri);
                json.writeEndObject();
            }
            case MediaSource.Url(var url) -> {
                int comma = url.indexOf(";base64,");
                if (url.startsWith("data:") && comma > 0) {
                    inline(
                            json,
                            url.substring("data:".length(), comma),
                            url.substring(comma + ";base64,".length()));
                } else {
                    json.writeObjectFieldStart("fileData");
                    String type = typeOf(url);
                    if (type != null) {
                        json.writeStringField("mimeType", type);
                    }
                    json.writeStringField("fileUri", url);
                    json.writeEndObject();
                }
            }
        }
        json.writeEndObject();
    }

    private static void inline(JsonGenerator json, String mediaType, String data)
            throws IOException {
        json.writeObjectFieldStart("inlineData");
        json.writeStringField("mimeType", mediaType);
        json.writeStringField("data", data);
        json.writeEndObject();
    }

    /// The type that the name of a file tells, else null: a type is asked for, but a wrong one is
    /// worse than none.
    private static @Nullable String typeOf(String url) {
        int end = url.indexOf('?') < 0 ? url.length() : url.indexOf('?');
        String path = url.substring(0, end).toLowerCase(Locale.ROOT);
        String ending = path.substring(path.lastIndexOf('.') + 1);
        return switch (ending) {
            case "png", "gif", "webp", "jpeg" -> "image/" + ending;
            case "jpg" -> "image/jpeg";
            default -> null;
        };
    }

    private static void call(JsonGenerator json, Part.ToolCall call) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("functionCall");
        id(json, call.id());
        json.writeStringField("name", call.name());
        json.writeFieldName("args");
        if (Json.isObject(call.arguments())) {
            json.writeRawValue(call.arguments());
        } else {
            // It goes back inside an object, so that the model sees its mistake.
            json.writeStartObject();
            json.writeStringField("invalid_json", call.arguments());
            json.writeEndObject();
        }
        json.writeEndObject();
        signature(json, call.signature());
        json.writeEndObject();
    }

    private void result(JsonGenerator json, Part.ToolResult result) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("functionResponse");
        id(json, result.callId());
        json.writeStringField("name", nameOfCall.get(result.callId()));
        json.writeObjectFieldStart("response");
        json.writeStringField(result.failed() ? "error" : "output", textOf(result));
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void id(JsonGenerator json, String id) throws IOException {
        if (!CallIds.isInvented(id)) {
            json.writeStringField("id", id);
        }
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
