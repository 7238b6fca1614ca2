package hal0.providers.gemini;

import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.message.Options;
import hal0.providers.message.Tool;
import hal0.providers.message.ToolChoice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads `tools` and `toolConfig`.
///
/// **Shape** functions are tools of the caller; whatever else stands in the list runs at Google and
/// goes back there only.
final class ToolsReader {
    /// What a function without parameters takes.
    private static final String NOTHING = "{\"type\":\"object\",\"properties\":{}}";

    private final RequestFields fields;
    private final List<Tool> functions = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private ToolChoice choice = new ToolChoice.Auto();

    ToolsReader(RequestFields fields) {
        this.fields = fields;
    }

    void list(String place) throws IOException, InvalidRequestException {
        fields.list(place, at -> fields.object(at, this::tool));
        if (!others.isEmpty()) {
            fields.keep(ContentWriter.TOOLS, "[" + String.join(",", others) + "]");
        }
    }

    private void tool(String name, String place) throws IOException, InvalidRequestException {
        if (name.equals("functionDeclarations")) {
            fields.list(place, this::function);
        } else {
            others.add("{" + OpenApiSchema.quoted(name) + ":" + fields.raw() + "}");
        }
    }

    private static final class Declared {
        private @Nullable String name;
        private @Nullable String description;
        private @Nullable String schema;
        private @Nullable String openApiSchema;
    }

    private void function(String place) throws IOException, InvalidRequestException {
        Declared read = new Declared();
        fields.object(
                place,
                (name, at) -> {
                    switch (name) {
                        case "name" -> read.name = fields.text(at);
                        case "description" -> read.description = fields.text(at);
                        case "parametersJsonSchema" -> read.schema = fields.rawObject(at);
                        case "parameters" -> read.openApiSchema = fields.rawObject(at);
                        default -> fields.ignore(at);
                    }
                });
        if (read.name == null || read.name.isEmpty()) {
            throw fields.expected(place + ".name", "the name of the function");
        }
        functions.add(new Tool(read.name, read.description, schema(read)));
    }

    private static String schema(Declared read) throws InvalidRequestException {
        if (read.schema != null) {
            return read.schema;
        }
        return read.openApiSchema == null
                ? NOTHING
                : OpenApiSchema.toJsonSchema(read.openApiSchema);
    }

    void config(String place) throws IOException, InvalidRequestException {
        fields.object(
                place,
                (name, at) -> {
                    if (name.equals("functionCallingConfig")) {
                        calling(at);
                    } else {
                        fields.keep(ContentWriter.TOOL_CONFIG + '.' + name);
                    }
                });
    }

    private void calling(String place) throws IOException, InvalidRequestException {
        String[] mode = {"AUTO"};
        List<String> allowed = new ArrayList<>();
        fields.object(
                place,
                (name, at) -> {
                    switch (name) {
                        case "mode" -> mode[0] = fields.text(at).toUpperCase(Locale.ROOT);
                        case "allowedFunctionNames" -> allowed.addAll(fields.texts(at));
                        default -> fields.keep(ContentWriter.CALLING_CONFIG + '.' + name);
                    }
                });
        choice =
                switch (mode[0]) {
                    case "AUTO", "MODE_UNSPECIFIED" -> new ToolChoice.Auto();
                    case "NONE" -> new ToolChoice.None();
                    case "ANY" ->
                            allowed.size() == 1
                                    ? new ToolChoice.Named(allowed.getFirst())
                                    : new ToolChoice.Required();
                    case "VALIDATED" -> {
                        fields.keep(
                                ContentWriter.CALLING_CONFIG + ".mode",
                                OpenApiSchema.quoted(mode[0]));
                        yield new ToolChoice.Auto();
                    }
                    default ->
                            throw fields.expected(
                                    place + ".mode", "one of AUTO, ANY, NONE and VALIDATED");
                };
        if (!allowed.isEmpty() && !(choice instanceof ToolChoice.Named)) {
            fields.keep(
                    ContentWriter.CALLING_CONFIG + ".allowedFunctionNames",
                    "["
                            + String.join(",", allowed.stream().map(OpenApiSchema::quoted).toList())
                            + "]");
        }
    }

    List<Tool> functions() {
        return functions;
    }

    void into(Options.Builder options) {
        options.toolChoice(choice);
    }
}
