package hal0.providers.anthropic;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.Provider;
import hal0.providers.dialect.CacheControl;
import hal0.providers.dialect.ExtraFields;
import hal0.providers.dialect.Json;
import hal0.providers.dialect.ToolSchema;
import hal0.providers.message.CacheMark;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Options;
import hal0.providers.message.Tool;
import hal0.providers.message.ToolChoice;
import java.io.IOException;

/// Writes the tools of a request, those that the provider runs itself behind the caller's, and
/// which of them the model must use.
record ToolWriter(Provider provider, String modelId) {

    void write(JsonGenerator json, ChatRequest request, ExtraFields extra, boolean markLast)
            throws IOException {
        String hosted = extra.take("tools");
        if (request.tools().isEmpty() && hosted == null) {
            return;
        }
        json.writeArrayFieldStart("tools");
        for (int i = 0; i < request.tools().size(); i++) {
            boolean last = i == request.tools().size() - 1;
            tool(json, request.tools().get(i), markLast && last);
        }
        if (hosted != null) {
            Json.writeElements(json, hosted);
        }
        json.writeEndArray();
        if (!extra.has("tool_choice")) {
            choice(json, request.options());
        }
    }

    private void tool(JsonGenerator json, Tool tool, boolean marked) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", tool.name());
        if (tool.description() != null) {
            json.writeStringField("description", tool.description());
        }
        json.writeFieldName("input_schema");
        Json.writeRaw(json, ToolSchema.checked(provider, modelId, tool));
        if (tool.strict() != null) {
            json.writeBooleanField("strict", tool.strict());
        }
        CacheMark mark = tool.cache() == null && marked ? CacheMark.SHORT : tool.cache();
        if (mark != null) {
            CacheControl.write(json, mark);
        }
        json.writeEndObject();
    }

    private static void choice(JsonGenerator json, Options options) throws IOException {
        ToolChoice choice = options.toolChoice();
        Boolean parallel = options.parallelTools();
        if (choice instanceof ToolChoice.Auto && parallel == null) {
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
        if (parallel != null && !(choice instanceof ToolChoice.None)) {
            json.writeBooleanField("disable_parallel_tool_use", !parallel);
        }
        json.writeEndObject();
    }
}
