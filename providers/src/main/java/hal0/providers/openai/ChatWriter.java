package hal0.providers.openai;

import com.fasterxml.jackson.core.JsonGenerator;
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
final class ChatWriter {
    private static final String OPENAI_HOST = "api.openai.com";
    private static final String DEEPSEEK_DOMAIN = "deepseek.com";

    private final Provider provider;
    private final String modelId;

    ChatWriter(Provider provider, String modelId) {
        this.provider = provider;
        this.modelId = modelId;
    }

    byte[] write(ChatRequest request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(8192);
        try (JsonGenerator json = Json.generator(bytes)) {
            json.writeStartObject();
            json.writeStringField("model", modelId);
            stream(json, request);
            options(json, request.options());
            tools(json, request);
            json.writeArrayFieldStart("messages");
            messages(json, request.messages());
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private void stream(JsonGenerator json, ChatRequest request) throws IOException {
        json.writeBooleanField("stream", request.stream());
        if (request.stream() && provider.injectUsage()) {
            json.writeObjectFieldStart("stream_options");
            json.writeBooleanField("include_usage", true);
            json.writeEndObject();
        }
    }

    private void options(JsonGenerator json, Options options) throws IOException {
        if (options.maxTokens() != null) {
            // OpenAI's reasoning models refuse the old name; many compatible servers know no other.
            boolean openAi = OPENAI_HOST.equals(provider.baseUrl().getHost());
            json.writeNumberField(
                    openAi ? "max_completion_tokens" : "max_tokens", options.maxTokens());
        }
        if (options.temperature() != null) {
            json.writeNumberField("temperature", options.temperature());
        }
        if (options.topP() != null) {
            json.writeNumberField("top_p", options.topP());
        }
        if (!options.stop().isEmpty()) {
            json.writeArrayFieldStart("stop");
            for (String stop : options.stop()) {
                json.writeString(stop);
            }
            json.writeEndArray();
        }
    }

    private void tools(JsonGenerator json, ChatRequest request) throws IOException {
        if (request.tools().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("tools");
        for (Tool tool : request.tools()) {
            json.writeStartObject();
            json.writeStringField("type", "function");
            json.writeObjectFieldStart("function");
            json.writeStringField("name", tool.name());
            if (tool.description() != null) {
                json.writeStringField("description", tool.description());
            }
            json.writeFieldName("parameters");
            json.writeRawValue(ToolSchema.checked(provider, modelId, tool));
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        switch (request.options().toolChoice()) {
            case ToolChoice.Auto _ -> {}
            case ToolChoice.None _ -> json.writeStringField("tool_choice", "none");
            case ToolChoice.Required _ -> json.writeStringField("tool_choice", "required");
            case ToolChoice.Named(var name) -> {
                json.writeObjectFieldStart("tool_choice");
                json.writeStringField("type", "function");
                json.writeObjectFieldStart("function");
                json.writeStringField("name", name);
                json.writeEndObject();
                json.writeEndObject();
            }
        }
    }

    /// Results of tools must follow the calls at once: those of neighbouring user messages go
    /// before all their texts.
    private void messages(JsonGenerator json, List<Message> messages) throws IOException {
        int i = 0;
        while (i < messages.size()) {
            Message message = messages.get(i);
            switch (message.role()) {
                case SYSTEM -> {
                    plain(json, "system", message.parts(), List.of());
                    i++;
                }
                case ASSISTANT -> {
                    assistant(json, message);
                    i++;
                }
                case USER -> {
                    int end = i;
                    while (end < messages.size() && messages.get(end).role() == Role.USER) {
                        end++;
                    }
                    users(json, messages.subList(i, end));
                    i = end;
                }
            }
        }
    }

    private void users(JsonGenerator json, List<Message> run) throws IOException {
        List<Part> fromTools = new ArrayList<>();
        for (Message message : run) {
            for (Part part : message.parts()) {
                if (part instanceof Part.ToolResult result) {
                    result(json, result);
                    for (Part inner : result.content()) {
                        if (inner instanceof Part.Image) {
                            fromTools.add(
                                    new Part.Text(
                                            "Image from the tool call " + result.callId() + ":"));
                            fromTools.add(inner);
                        }
                    }
                }
            }
        }
        for (Message message : run) {
            plain(json, "user", message.parts(), fromTools);
            fromTools = List.of();
        }
    }

    /// A tool message holds text only; its images follow in the user's message.
    private static void result(JsonGenerator json, Part.ToolResult result) throws IOException {
        StringBuilder text = new StringBuilder(result.failed() ? "Error: " : "");
        for (Part part : result.content()) {
            if (part instanceof Part.Text(var piece)) {
                text.append(piece);
            }
        }
        json.writeStartObject();
        json.writeStringField("role", "tool");
        json.writeStringField("tool_call_id", result.callId());
        json.writeStringField("content", text.toString());
        json.writeEndObject();
    }

    /// One text is a string, which every server reads; more, or images, are a list.
    private static void plain(JsonGenerator json, String role, List<Part> parts, List<Part> before)
            throws IOException {
        List<Part> shown = new ArrayList<>(before);
        for (Part part : parts) {
            if (part instanceof Part.Text || part instanceof Part.Image) {
                shown.add(part);
            }
        }
        if (shown.isEmpty()) {
            return;
        }
        json.writeStartObject();
        json.writeStringField("role", role);
        if (shown.size() == 1 && shown.getFirst() instanceof Part.Text(var text)) {
            json.writeStringField("content", text);
        } else {
            json.writeArrayFieldStart("content");
            for (Part part : shown) {
                content(json, part);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void content(JsonGenerator json, Part part) throws IOException {
        json.writeStartObject();
        if (part instanceof Part.Text(var text)) {
            json.writeStringField("type", "text");
            json.writeStringField("text", text);
        } else if (part instanceof Part.Image(var source, _)) {
            json.writeStringField("type", "image_url");
            json.writeObjectFieldStart("image_url");
            json.writeStringField(
                    "url",
                    switch (source) {
                        case MediaSource.Base64(var type, var data) ->
                                "data:" + type + ";base64," + data;
                        case MediaSource.Url(var url) -> url;
                        case MediaSource.FileId(var id) -> id;
                    });
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void assistant(JsonGenerator json, Message message) throws IOException {
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        List<Part.ToolCall> calls = new ArrayList<>();
        for (Part part : message.parts()) {
            switch (part) {
                case Part.Text(var piece) -> text.append(piece);
                // Other providers' thoughts mean nothing to this protocol.
                case Part.Thinking(var piece, var signature) -> {
                    if (signature == null) {
                        thinking.append(piece);
                    }
                }
                case Part.ToolCall call -> calls.add(call);
                case Part.RedactedThinking _, Part.Image _, Part.ToolResult _ -> {}
                case Part.Document _, Part.Audio _, Part.Cache _, Part.Opaque _ -> {}
            }
        }
        if (text.isEmpty() && calls.isEmpty()) {
            return;
        }
        json.writeStartObject();
        json.writeStringField("role", "assistant");
        if (text.isEmpty()) {
            json.writeNullField("content");
        } else {
            json.writeStringField("content", text.toString());
        }
        if (!thinking.isEmpty() && !calls.isEmpty() && wantsReasoning()) {
            json.writeStringField("reasoning_content", thinking.toString());
        }
        if (!calls.isEmpty()) {
            json.writeArrayFieldStart("tool_calls");
            for (Part.ToolCall call : calls) {
                call(json, call);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /// DeepSeek refuses the results of a call whose reasoning does not come back; other servers
    /// refuse the field.
    private boolean wantsReasoning() {
        String host = provider.baseUrl().getHost();
        return host != null && host.endsWith(DEEPSEEK_DOMAIN);
    }

    private static void call(JsonGenerator json, Part.ToolCall call) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", call.id());
        json.writeStringField("type", "function");
        json.writeObjectFieldStart("function");
        json.writeStringField("name", call.name());
        json.writeStringField("arguments", call.arguments());
        json.writeEndObject();
        json.writeEndObject();
    }
}
