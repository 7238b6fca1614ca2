package hal0.providers.responses;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.ExtraFields;
import hal0.providers.dialect.Json;
import hal0.providers.message.OutputFormat;
import hal0.providers.message.Reasoning;
import hal0.providers.message.Tool;
import hal0.providers.message.ToolChoice;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes what a request says about how to answer, which an answer repeats.
final class Settings {
    private final JsonGenerator json;
    private final ExtraFields extra;

    Settings(JsonGenerator json, ExtraFields extra) {
        this.json = json;
        this.extra = extra;
    }

    /// **Shape** a budget has no word here; a request that has nothing else says nothing.
    void reasoning(@Nullable Reasoning reasoning) throws IOException {
        boolean sayable =
                reasoning != null
                        && (reasoning.effort() != null
                                || reasoning.shown() != null
                                || reasoning.budgetTokens() == null);
        if (!sayable && !extra.hasIn("reasoning")) {
            return;
        }
        json.writeObjectFieldStart("reasoning");
        if (reasoning != null && reasoning.effort() != null) {
            json.writeStringField("effort", reasoning.effort().name().toLowerCase(Locale.ROOT));
        }
        if (reasoning != null && reasoning.shown() != null && !extra.has("reasoning.summary")) {
            json.writeStringField("summary", reasoning.shown() ? "auto" : null);
        }
        extra.writeIn(json, "reasoning");
        json.writeEndObject();
    }

    void text(@Nullable OutputFormat format) throws IOException {
        if (format == null && !extra.hasIn("text")) {
            return;
        }
        json.writeObjectFieldStart("text");
        if (format != null) {
            json.writeObjectFieldStart("format");
            format(format);
            json.writeEndObject();
        }
        extra.writeIn(json, "text");
        json.writeEndObject();
    }

    private void format(OutputFormat format) throws IOException {
        switch (format) {
            case OutputFormat.JsonObject _ -> json.writeStringField("type", "json_object");
            case OutputFormat.JsonSchema(var name, var description, var schema, var strict) -> {
                json.writeStringField("type", "json_schema");
                json.writeStringField("name", name);
                if (description != null) {
                    json.writeStringField("description", description);
                }
                json.writeFieldName("schema");
                Json.writeRaw(json, schema);
                if (strict != null) {
                    json.writeBooleanField("strict", strict);
                }
            }
        }
    }

    /// Functions first, then the tools that the provider runs itself; nothing where there are none.
    void tools(List<Tool> tools, ToolChoice choice) throws IOException {
        boolean any = !tools.isEmpty() || extra.has("tools");
        boolean chosen = extra.has("tool_choice") || !(choice instanceof ToolChoice.Auto);
        if (any) {
            list(tools);
        }
        if (any && chosen) {
            chosen(choice);
        }
    }

    /// The same for an answer, where both are always there.
    void repeatTools(List<Tool> tools, ToolChoice choice) throws IOException {
        list(tools);
        chosen(choice);
    }

    private void list(List<Tool> tools) throws IOException {
        json.writeArrayFieldStart("tools");
        for (Tool tool : tools) {
            function(tool);
        }
        String hosted = extra.take("tools");
        if (hosted != null) {
            Json.writeElements(json, hosted);
        }
        json.writeEndArray();
    }

    private void chosen(ToolChoice choice) throws IOException {
        json.writeFieldName("tool_choice");
        String ofItsOwn = extra.take("tool_choice");
        if (ofItsOwn != null) {
            Json.writeRaw(json, ofItsOwn);
        } else {
            choice(choice);
        }
    }

    /// Said nothing about, the API makes a schema strict by its own means, which makes every
    /// optional argument a required one; a caller who says nothing does not mean that.
    private void function(Tool tool) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "function");
        json.writeStringField("name", tool.name());
        if (tool.description() != null) {
            json.writeStringField("description", tool.description());
        }
        json.writeFieldName("parameters");
        Json.writeRaw(json, tool.schema());
        json.writeBooleanField("strict", Boolean.TRUE.equals(tool.strict()));
        json.writeEndObject();
    }

    private void choice(ToolChoice choice) throws IOException {
        switch (choice) {
            case ToolChoice.Auto _ -> json.writeString("auto");
            case ToolChoice.None _ -> json.writeString("none");
            case ToolChoice.Required _ -> json.writeString("required");
            case ToolChoice.Named(var name) -> {
                json.writeStartObject();
                json.writeStringField("type", "function");
                json.writeStringField("name", name);
                json.writeEndObject();
            }
        }
    }
}
