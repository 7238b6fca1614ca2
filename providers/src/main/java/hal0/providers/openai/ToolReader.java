package hal0.providers.openai;

import hal0.providers.dialect.CacheControl;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.RequestValue;
import hal0.providers.message.Options;
import hal0.providers.message.Tool;
import hal0.providers.message.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the tools of a request, in the form of today and in the one before.
///
/// **Shape** tools that are no functions stay as they are. **Source**
/// ChatCompletionToolChoiceOption in resources/chat/completions/completions.d.ts of openai 6.49.0
/// at npm, read 2026-11-21. **Threads** one.
record ToolReader(Map<String, String> extra, List<String> ignored) {
    private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";
    private static final Set<String> FUNCTION =
            Set.of("name", "description", "parameters", "strict");
    private static final Set<String> TOOL = Set.of("type", "function", CacheControl.FIELD);

    List<Tool> tools(RequestValue root) throws InvalidRequestException {
        List<Tool> tools = new ArrayList<>();
        List<String> others = new ArrayList<>();
        RequestValue list = root.find("tools");
        if (list != null) {
            for (RequestValue tool : list.elements()) {
                if (tool.needString("type").equals("function")) {
                    tool.unsaid(TOOL, ignored);
                    tools.add(function(tool.need("function"), tool));
                } else {
                    others.add(tool.raw());
                }
            }
        }
        RequestValue functions = root.find("functions");
        if (functions != null) {
            for (RequestValue function : functions.elements()) {
                tools.add(function(function, null));
            }
        }
        if (!others.isEmpty()) {
            extra.put("tools", "[" + String.join(",", others) + "]");
        }
        return tools;
    }

    private Tool function(RequestValue function, @Nullable RequestValue around)
            throws InvalidRequestException {
        function.unsaid(FUNCTION, ignored);
        RequestValue parameters = function.find("parameters");
        RequestValue strict = function.find("strict");
        if (parameters != null && !parameters.isObject()) {
            throw parameters.refused("must be a JSON Schema, which is an object");
        }
        return new Tool(
                function.needString("name"),
                function.findString("description"),
                parameters == null ? NO_PARAMETERS : parameters.raw(),
                strict == null ? null : strict.truth(),
                around == null ? null : CacheControl.of(around, ignored));
    }

    void choice(RequestValue root, Options.Builder options) throws InvalidRequestException {
        RequestValue choice = root.find("tool_choice");
        RequestValue legacy = root.find("function_call");
        if (choice != null) {
            options.toolChoice(choice.isString() ? word(choice) : named(choice));
        } else if (legacy != null) {
            options.toolChoice(
                    legacy.isString()
                            ? word(legacy)
                            : new ToolChoice.Named(legacy.needString("name")));
        }
        RequestValue parallel = root.find("parallel_tool_calls");
        options.parallelTools(parallel == null ? null : Boolean.valueOf(parallel.truth()));
    }

    private static ToolChoice word(RequestValue choice) throws InvalidRequestException {
        return switch (choice.string()) {
            case "auto" -> new ToolChoice.Auto();
            case "none" -> new ToolChoice.None();
            case "required", "any" -> new ToolChoice.Required();
            default -> throw choice.refused("must be one of auto, none, required, or an object");
        };
    }

    private static ToolChoice named(RequestValue choice) throws InvalidRequestException {
        RequestValue type = choice.need("type");
        if (!type.string().equals("function")) {
            throw type.refused(
                    "is \"%s\", which no other protocol can be told; accepted: function"
                            .formatted(type.string()));
        }
        return new ToolChoice.Named(choice.need("function").needString("name"));
    }
}
