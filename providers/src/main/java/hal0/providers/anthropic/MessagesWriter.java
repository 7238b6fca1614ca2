package hal0.providers.anthropic;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.dialect.Json;
import hal0.providers.dialect.ToolSchema;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.Part;
import hal0.providers.message.Role;
import hal0.providers.message.Tool;
import hal0.providers.message.ToolChoice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Writes a request: what stays the same from turn to turn first, the messages last.
///
/// **Shape** system messages go to the top in their order, neighbouring messages of one role become
/// one, and results of tools stand first in theirs, as the protocol demands.
final class MessagesWriter {
    /// The protocol demands a limit; every model of the last years takes this one.
    private static final int DEFAULT_MAX_TOKENS = 8192;

    private final Provider provider;
    private final String modelId;

    MessagesWriter(Provider provider, String modelId) {
        this.provider = provider;
        this.modelId = modelId;
    }

    byte[] write(ChatRequest request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(8192);
        try (JsonGenerator json = Json.generator(bytes)) {
            json.writeStartObject();
            json.writeStringField("model", modelId);
            json.writeNumberField("max_tokens", maxTokens(request.options()));
            json.writeBooleanField("stream", request.stream());
            options(json, request.options());
            CacheMarks marks = new CacheMarks(request);
            List<Part> system = system(request.messages());
            tools(json, request, marks.behindTheConstant() && system.isEmpty());
            system(json, system, marks.behindTheConstant());
            json.writeArrayFieldStart("messages");
            messages(json, request.messages(), marks);
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private long maxTokens(Options options) {
        if (options.maxTokens() != null) {
            return options.maxTokens();
        }
        Long most = provider.findModel(modelId).map(ModelInfo::maxOutputTokens).orElse(null);
        return most != null ? most : DEFAULT_MAX_TOKENS;
    }

    private static void options(JsonGenerator json, Options options) throws IOException {
        if (options.temperature() != null) {
            json.writeNumberField("temperature", options.temperature());
        }
        if (options.topP() != null) {
            json.writeNumberField("top_p", options.topP());
        }
        if (!options.stop().isEmpty()) {
            json.writeArrayFieldStart("stop_sequences");
            for (String stop : options.stop()) {
                json.writeString(stop);
            }
            json.writeEndArray();
        }
    }

    private void tools(JsonGenerator json, ChatRequest request, boolean marked) throws IOException {
        if (request.tools().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("tools");
        for (Tool tool : request.tools()) {
            json.writeStartObject();
            json.writeStringField("name", tool.name());
            if (tool.description() != null) {
                json.writeStringField("description", tool.description());
            }
            json.writeFieldName("input_schema");
            json.writeRawValue(ToolSchema.checked(provider, modelId, tool));
            if (marked && tool.equals(request.tools().getLast())) {
                CacheMarks.write(json);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        ToolChoice choice = request.options().toolChoice();
        if (choice instanceof ToolChoice.Auto) {
            return;
        }
        json.writeObjectFieldStart("tool_choice");
        switch (choice) {
            case ToolChoice.Auto _ -> json.writeStringField("type", "auto");
            case ToolChoice.None _ -> json.writeStringField("type", "none");
            case ToolChoice.Required _ -> json.writeStringField("type", "any");
            case ToolChoice.Named(var name) -> {
                json.writeStringField("type", "tool");
                json.writeStringField("name", name);
            }
        }
        json.writeEndObject();
    }

    private static List<Part> system(List<Message> messages) {
        List<Part> texts = new ArrayList<>();
        for (Message message : messages) {
            if (message.role() == Role.SYSTEM) {
                texts.addAll(message.parts());
            }
        }
        texts.removeIf(part -> !(part instanceof Part.Text(var text)) || text.isEmpty());
        return texts;
    }

    private static void system(JsonGenerator json, List<Part> texts, boolean marked)
            throws IOException {
        if (texts.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("system");
        parts(json, texts, marked);
        json.writeEndArray();
    }

    private static void messages(JsonGenerator json, List<Message> messages, CacheMarks marks)
            throws IOException {
        Role open = Role.SYSTEM;
        List<Part> parts = new ArrayList<>();
        for (Message message : messages) {
            if (message.role() == Role.SYSTEM) {
                continue;
            }
            if (message.role() != open) {
                message(json, open, parts, marks.behind(open));
                parts.clear();
                open = message.role();
            }
            parts.addAll(message.parts());
        }
        message(json, open, parts, marks.behind(open));
    }

    private static void message(JsonGenerator json, Role role, List<Part> parts, boolean marked)
            throws IOException {
        List<Part> shown = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.ToolResult) {
                shown.add(part);
            }
        }
        for (Part part : parts) {
            if (!(part instanceof Part.ToolResult) && isAccepted(part)) {
                shown.add(part);
            }
        }
        if (shown.isEmpty()) {
            return;
        }
        json.writeStartObject();
        json.writeStringField("role", role == Role.ASSISTANT ? "assistant" : "user");
        json.writeArrayFieldStart("content");
        parts(json, shown, marked);
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void parts(JsonGenerator json, List<Part> parts, boolean marked)
            throws IOException {
        for (int i = 0; i < parts.size(); i++) {
            part(json, parts.get(i), marked && i == parts.size() - 1);
        }
    }

    /// Empty texts are refused, and so are thoughts without a signature, which other providers'
    /// are.
    private static boolean isAccepted(Part part) {
        return switch (part) {
            case Part.Text(var text) -> !text.isEmpty();
            case Part.Thinking(_, var signature) -> signature != null;
            case Part.RedactedThinking _, Part.Image _, Part.ToolCall _, Part.ToolResult _ -> true;
            case Part.Document _, Part.Audio _, Part.Cache _, Part.Opaque _ -> false;
        };
    }

    private static void part(JsonGenerator json, Part part, boolean marked) throws IOException {
        json.writeStartObject();
        switch (part) {
            case Part.Text(var text) -> {
                json.writeStringField("type", "text");
                json.writeStringField("text", text);
            }
            case Part.Thinking(var text, var signature) -> {
                json.writeStringField("type", "thinking");
                json.writeStringField("thinking", text);
                json.writeStringField("signature", signature);
            }
            case Part.RedactedThinking(var data) -> {
                json.writeStringField("type", "redacted_thinking");
                json.writeStringField("data", data);
            }
            case Part.Image(var source, _) -> image(json, source);
            case Part.ToolCall(var id, var name, var arguments, _) -> {
                json.writeStringField("type", "tool_use");
                json.writeStringField("id", id);
                json.writeStringField("name", name);
                input(json, arguments);
            }
            case Part.ToolResult result -> result(json, result);
            case Part.Document _, Part.Audio _, Part.Cache _, Part.Opaque _ -> {}
        }
        if (marked) {
            CacheMarks.write(json);
        }
        json.writeEndObject();
    }

    /// What a model wrote that is not an object goes back inside one, so that it sees its mistake.
    private static void input(JsonGenerator json, String arguments) throws IOException {
        json.writeFieldName("input");
        if (Json.isObject(arguments)) {
            json.writeRawValue(arguments);
        } else {
            json.writeStartObject();
            json.writeStringField("invalid_json", arguments);
            json.writeEndObject();
        }
    }

    private static void image(JsonGenerator json, MediaSource source) throws IOException {
        json.writeStringField("type", "image");
        json.writeObjectFieldStart("source");
        switch (source) {
            case MediaSource.Base64(var mediaType, var data) -> {
                json.writeStringField("type", "base64");
                json.writeStringField("media_type", mediaType);
                json.writeStringField("data", data);
            }
            case MediaSource.Url(var url) -> {
                json.writeStringField("type", "url");
                json.writeStringField("url", url);
            }
            case MediaSource.FileId(var id) -> {
                json.writeStringField("type", "file");
                json.writeStringField("file_id", id);
            }
        }
        json.writeEndObject();
    }

    private static void result(JsonGenerator json, Part.ToolResult result) throws IOException {
        json.writeStringField("type", "tool_result");
        json.writeStringField("tool_use_id", result.callId());
        if (result.failed()) {
            json.writeBooleanField("is_error", true);
        }
        json.writeArrayFieldStart("content");
        for (Part part : result.content()) {
            if (isAccepted(part)) {
                part(json, part, false);
            }
        }
        json.writeEndArray();
    }
}
