package hal0.providers.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import hal0.providers.Provider;
import hal0.providers.dialect.CacheControl;
import hal0.providers.dialect.ExtraFields;
import hal0.providers.dialect.Json;
import hal0.providers.dialect.ToolSchema;
import hal0.providers.message.CacheMark;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Options;
import hal0.providers.message.Protocol;
import hal0.providers.message.Role;
import hal0.providers.message.Tool;
import hal0.providers.message.ToolChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Writes a request: what stays the same from turn to turn first, the messages last.
final class ChatWriter {
    private final Provider provider;
    private final String modelId;
    private final Vendor vendor;
    private final Marks marks;

    ChatWriter(Provider provider, String modelId) {
        this.provider = provider;
        this.modelId = modelId;
        vendor = Vendor.of(provider);
        marks = Marks.of(vendor, modelId);
    }

    byte[] write(ChatRequest request) {
        ByteArrayBuilder bytes = Json.memory();
        try (JsonGenerator json = Json.requestGenerator(bytes)) {
            json.writeStartObject();
            body(json, request);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private void body(JsonGenerator json, ChatRequest request) throws IOException {
        ExtraFields extra = new ExtraFields(request.extra(), Protocol.OPENAI);
        json.writeStringField("model", modelId);
        stream(json, request, extra);
        new OptionsWriter(vendor, modelId).write(json, request.options(), extra);
        tools(json, request, extra);
        cacheAll(json, request, extra);
        extra.writeRest(json);
        json.writeArrayFieldStart("messages");
        new MessageWriter(vendor, vendor.takesReasoningContent(provider), marks, isClaude())
                .write(json, request.messages());
        json.writeEndArray();
    }

    private void stream(JsonGenerator json, ChatRequest request, ExtraFields extra)
            throws IOException {
        json.writeBooleanField("stream", request.stream());
        if (!request.stream()) {
            extra.dropIn("stream_options");
            return;
        }
        if (!provider.injectUsage() && !extra.hasIn("stream_options")) {
            return;
        }
        json.writeObjectFieldStart("stream_options");
        if (provider.injectUsage()) {
            json.writeBooleanField("include_usage", true);
        }
        extra.writeIn(json, "stream_options");
        json.writeEndObject();
    }

    private void tools(JsonGenerator json, ChatRequest request, ExtraFields extra)
            throws IOException {
        String others = extra.take("tools");
        List<Tool> tools = request.tools();
        if (tools.isEmpty() && others == null) {
            return;
        }
        json.writeArrayFieldStart("tools");
        for (Tool tool : tools) {
            tool(json, tool);
        }
        if (others != null) {
            Json.writeElements(json, others);
        }
        json.writeEndArray();
        Options options = request.options();
        if (options.parallelTools() != null) {
            json.writeBooleanField("parallel_tool_calls", options.parallelTools());
        }
        if (!extra.has("tool_choice")) {
            choice(json, options.toolChoice());
        }
    }

    private void tool(JsonGenerator json, Tool tool) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "function");
        json.writeObjectFieldStart("function");
        json.writeStringField("name", tool.name());
        if (tool.description() != null) {
            json.writeStringField("description", tool.description());
        }
        json.writeFieldName("parameters");
        Json.writeRaw(json, ToolSchema.checked(provider, modelId, tool));
        if (tool.strict() != null) {
            json.writeBooleanField("strict", tool.strict());
        }
        json.writeEndObject();
        CacheMark mark = tool.cache();
        if (mark != null && marks == Marks.CACHE_CONTROL) {
            CacheControl.write(json, mark);
        }
        json.writeEndObject();
    }

    private static void choice(JsonGenerator json, ToolChoice choice) throws IOException {
        switch (choice) {
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

    private boolean isClaude() {
        return modelId.contains("claude");
    }

    /// A Claude behind OpenRouter caches nothing unless it is told to; a conversation that will go
    /// on is worth it, and one that its caller marked is left as it is.
    private void cacheAll(JsonGenerator json, ChatRequest request, ExtraFields extra)
            throws IOException {
        boolean goesOn =
                !request.tools().isEmpty()
                        || request.messages().stream().anyMatch(m -> m.role() == Role.ASSISTANT);
        if (vendor == Vendor.OPENROUTER
                && isClaude()
                && goesOn
                && !extra.has(CacheControl.FIELD)
                && !CacheControl.isMarked(request)) {
            CacheControl.write(json, CacheMark.SHORT);
        }
    }
}
