package hal0.providers.gemini;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.dialect.Json;
import hal0.providers.dialect.ToolSchema;
import hal0.providers.message.ChatRequest;
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

/// Writes a request: what stays the same from turn to turn first, the contents last. The model is
/// named in the address.
///
/// **Shape** system messages become the one instruction, neighbouring messages of one role one
/// content. **Source** ai.google.dev/api/generate-content; FunctionDeclaration
/// (`parametersJsonSchema`) and FunctionCallingConfig in pub.dev's pages of
/// google_cloud_ai_generativelanguage_v1beta; read 2026-11-21.
final class ContentWriter {
    private final Provider provider;
    private final String modelId;

    ContentWriter(Provider provider, String modelId) {
        this.provider = provider;
        this.modelId = modelId;
    }

    byte[] write(ChatRequest request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(8192);
        try (JsonGenerator json = Json.generator(bytes)) {
            json.writeStartObject();
            options(json, request.options());
            tools(json, request);
            system(json, request.messages());
            json.writeArrayFieldStart("contents");
            contents(json, request.messages());
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private void options(JsonGenerator json, Options options) throws IOException {
        boolean thinks =
                Boolean.TRUE.equals(
                        provider.findModel(modelId).map(ModelInfo::thinking).orElse(null));
        boolean any =
                thinks
                        || options.maxTokens() != null
                        || options.temperature() != null
                        || options.topP() != null
                        || !options.stop().isEmpty();
        if (!any) {
            return;
        }
        json.writeObjectFieldStart("generationConfig");
        if (options.maxTokens() != null) {
            json.writeNumberField("maxOutputTokens", options.maxTokens());
        }
        if (options.temperature() != null) {
            json.writeNumberField("temperature", options.temperature());
        }
        if (options.topP() != null) {
            json.writeNumberField("topP", options.topP());
        }
        if (!options.stop().isEmpty()) {
            json.writeArrayFieldStart("stopSequences");
            for (String stop : options.stop()) {
                json.writeString(stop);
            }
            json.writeEndArray();
        }
        if (thinks) {
            // Thoughts are not shown unless asked for; a model without any refuses the question.
            json.writeObjectFieldStart("thinkingConfig");
            json.writeBooleanField("includeThoughts", true);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void tools(JsonGenerator json, ChatRequest request) throws IOException {
        if (request.tools().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("tools");
        json.writeStartObject();
        json.writeArrayFieldStart("functionDeclarations");
        for (Tool tool : request.tools()) {
            json.writeStartObject();
            json.writeStringField("name", tool.name());
            if (tool.description() != null) {
                json.writeStringField("description", tool.description());
            }
            // The older `parameters` takes a dialect of OpenAPI and refuses most of JSON Schema.
            json.writeFieldName("parametersJsonSchema");
            json.writeRawValue(ToolSchema.checked(provider, modelId, tool));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        choice(json, request.options().toolChoice());
    }

    private static void choice(JsonGenerator json, ToolChoice choice) throws IOException {
        if (choice instanceof ToolChoice.Auto) {
            return;
        }
        json.writeObjectFieldStart("toolConfig");
        json.writeObjectFieldStart("functionCallingConfig");
        switch (choice) {
            case ToolChoice.Auto _ -> json.writeStringField("mode", "AUTO");
            case ToolChoice.None _ -> json.writeStringField("mode", "NONE");
            case ToolChoice.Required _ -> json.writeStringField("mode", "ANY");
            case ToolChoice.Named(var name) -> {
                json.writeStringField("mode", "ANY");
                json.writeArrayFieldStart("allowedFunctionNames");
                json.writeString(name);
                json.writeEndArray();
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void system(JsonGenerator json, List<Message> messages) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Message message : messages) {
            if (message.role() == Role.SYSTEM) {
                for (Part part : message.parts()) {
                    if (part instanceof Part.Text(var text) && !text.isEmpty()) {
                        texts.add(text);
                    }
                }
            }
        }
        if (texts.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("systemInstruction");
        json.writeArrayFieldStart("parts");
        for (String text : texts) {
            PartWriter.text(json, text);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void contents(JsonGenerator json, List<Message> messages) throws IOException {
        PartWriter writer = new PartWriter(modelId);
        Role open = Role.SYSTEM;
        List<Part> parts = new ArrayList<>();
        for (Message message : messages) {
            if (message.role() == Role.SYSTEM) {
                continue;
            }
            if (message.role() != open) {
                content(json, writer, open, parts);
                parts.clear();
                open = message.role();
            }
            parts.addAll(message.parts());
        }
        content(json, writer, open, parts);
    }

    private static void content(JsonGenerator json, PartWriter writer, Role role, List<Part> parts)
            throws IOException {
        List<Part> shown = role == Role.ASSISTANT ? writer.ofModel(parts) : writer.ofUser(parts);
        if (shown.isEmpty()) {
            return;
        }
        json.writeStartObject();
        json.writeStringField("role", role == Role.ASSISTANT ? "model" : "user");
        json.writeArrayFieldStart("parts");
        for (Part part : shown) {
            writer.write(json, part);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
