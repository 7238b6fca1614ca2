package hal0.providers.gemini;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.dialect.Feature;
import hal0.providers.dialect.Features;
import hal0.providers.dialect.Json;
import hal0.providers.dialect.ToolSchema;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.OutputFormat;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Role;
import hal0.providers.message.Tool;
import hal0.providers.message.ToolChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Writes a request: what stays the same from turn to turn first, the contents last. The model is
/// named in the address.
///
/// **Shape** system messages become the one instruction, neighbouring messages of one role one
/// content. **Source** ai.google.dev/api/generate-content; FunctionDeclaration
/// (`parametersJsonSchema`) and FunctionCallingConfig in pub.dev's pages of
/// google_cloud_ai_generativelanguage_v1beta; read 2026-11-21.
final class ContentWriter {
    static final String TOOLS = "tools";
    static final String TOOL_CONFIG = "toolConfig";
    static final String CALLING_CONFIG = TOOL_CONFIG + ".functionCallingConfig";

    /// What the request says in neutral words.
    private static final Set<String> NEUTRAL =
            Set.of(TOOLS, TOOL_CONFIG, ConfigWriter.PATH, "systemInstruction", "contents");

    private static final ToolChoice AUTO = new ToolChoice.Auto();

    private final Provider provider;
    private final String modelId;

    ContentWriter(Provider provider, String modelId) {
        this.provider = provider;
        this.modelId = modelId;
    }

    byte[] write(ChatRequest asked) {
        ChatRequest request = Features.without(asked, unsaid(), Protocol.GEMINI);
        ExtraFields extra = new ExtraFields(request.extra().in(Protocol.GEMINI));
        ByteArrayBuilder bytes = Json.memory();
        try (JsonGenerator json = Json.requestGenerator(bytes)) {
            json.writeStartObject();
            checkSchema(request.options());
            new ConfigWriter(json, modelId, extra).write(request.options(), thinks());
            extra.write(json, "", NEUTRAL);
            tools(json, request, extra);
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

    /// What the protocol has no words for, and what this model does not understand of it.
    private Set<Feature> unsaid() {
        Set<Feature> unsaid = EnumSet.copyOf(GenerateContent.UNSAID);
        if (!ModelFamily.of(modelId).takesResolution()) {
            unsaid.add(Feature.IMAGE_DETAIL);
        }
        return unsaid;
    }

    private boolean thinks() {
        return Boolean.TRUE.equals(
                provider.findModel(modelId).map(ModelInfo::thinking).orElse(null));
    }

    private void checkSchema(Options options) {
        if (options.format() instanceof OutputFormat.JsonSchema(_, _, var schema, _)
                && !Json.isObject(schema)) {
            throw new ProviderException.Rejected(
                    "%s was not called: the schema of the answer is not a JSON object"
                            .formatted(provider.id()),
                    Failure.unanswered(provider.id(), modelId),
                    "invalid_output_schema");
        }
    }

    private void tools(JsonGenerator json, ChatRequest request, ExtraFields extra)
            throws IOException {
        String others = extra.fields().get(TOOLS);
        if (!request.tools().isEmpty() || others != null) {
            json.writeArrayFieldStart(TOOLS);
            functions(json, request.tools());
            if (others != null) {
                Json.writeElements(json, others);
            }
            json.writeEndArray();
        }
        boolean asked =
                !request.tools().isEmpty()
                        && !(request.options().toolChoice() instanceof ToolChoice.Auto);
        if (asked || extra.under(TOOL_CONFIG)) {
            json.writeObjectFieldStart(TOOL_CONFIG);
            choice(json, asked ? request.options().toolChoice() : AUTO, extra);
            extra.write(json, TOOL_CONFIG, Set.of());
            json.writeEndObject();
        }
    }

    private void functions(JsonGenerator json, List<Tool> tools) throws IOException {
        if (tools.isEmpty()) {
            return;
        }
        json.writeStartObject();
        json.writeArrayFieldStart("functionDeclarations");
        for (Tool tool : tools) {
            json.writeStartObject();
            json.writeStringField("name", tool.name());
            if (tool.description() != null) {
                json.writeStringField("description", tool.description());
            }
            // The older `parameters` takes a dialect of OpenAPI and refuses most of JSON Schema.
            json.writeFieldName("parametersJsonSchema");
            Json.writeRaw(json, ToolSchema.checked(provider, modelId, tool));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void choice(JsonGenerator json, ToolChoice choice, ExtraFields extra)
            throws IOException {
        if (choice instanceof ToolChoice.Auto && !extra.under(CALLING_CONFIG)) {
            return;
        }
        json.writeObjectFieldStart("functionCallingConfig");
        Set<String> taken = new HashSet<>(List.of("mode"));
        switch (choice) {
            // The request may have a word of its own for that.
            case ToolChoice.Auto _ -> taken.clear();
            case ToolChoice.None _ -> json.writeStringField("mode", "NONE");
            case ToolChoice.Required _ -> json.writeStringField("mode", "ANY");
            case ToolChoice.Named(var name) -> {
                json.writeStringField("mode", "ANY");
                json.writeArrayFieldStart("allowedFunctionNames");
                json.writeString(name);
                json.writeEndArray();
                taken.add("allowedFunctionNames");
            }
        }
        extra.write(json, CALLING_CONFIG, taken);
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
            PartJson.text(json, text);
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
