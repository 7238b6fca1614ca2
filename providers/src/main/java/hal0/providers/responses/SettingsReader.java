package hal0.providers.responses;

import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.RequestValue;
import hal0.providers.message.Options;
import hal0.providers.message.OutputFormat;
import hal0.providers.message.Reasoning;
import hal0.providers.message.Tool;
import hal0.providers.message.ToolChoice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads what a request says about how to answer.
///
/// **Shape** a tool that is not strict is one about which nothing is said: in every other protocol
/// that is how a tool is. A group of functions is told to others one by one.
final class SettingsReader {
    private static final String ANY_SCHEMA = "{\"type\":\"object\",\"properties\":{}}";
    private static final Set<String> FUNCTION =
            Set.of("type", "name", "description", "parameters", "strict");

    private final RequestValue body;
    private final Map<String, String> extra;
    private final List<String> ignored;

    SettingsReader(RequestValue body, Map<String, String> extra, List<String> ignored) {
        this.body = body;
        this.extra = extra;
        this.ignored = ignored;
    }

    Options options() throws InvalidRequestException {
        RequestValue maxTokens = body.find("max_output_tokens");
        RequestValue temperature = body.find("temperature");
        RequestValue topP = body.find("top_p");
        RequestValue parallel = body.find("parallel_tool_calls");
        return Options.builder()
                .maxTokens(maxTokens == null ? null : Integer.valueOf(maxTokens.count()))
                .temperature(temperature == null ? null : Double.valueOf(temperature.number()))
                .topP(topP == null ? null : Double.valueOf(topP.number()))
                .parallelTools(parallel == null ? null : Boolean.valueOf(parallel.truth()))
                .toolChoice(choice())
                .reasoning(reasoning())
                .format(format())
                .user(body.findString("user"))
                .build();
    }

    List<Tool> tools() throws InvalidRequestException {
        RequestValue given = body.find("tools");
        if (given == null) {
            return List.of();
        }
        List<Tool> functions = new ArrayList<>();
        List<String> hosted = new ArrayList<>();
        for (RequestValue tool : given.elements()) {
            String type = tool.needString("type");
            if (type.equals("function")) {
                functions.add(function(tool, null));
            } else {
                hosted.add(tool.raw());
            }
            if (type.equals(Namespaces.TYPE)) {
                for (RequestValue inner : tool.need("tools").elements()) {
                    if (inner.needString("type").equals("function")) {
                        functions.add(function(inner, tool.needString("name")));
                    } else {
                        ignored.add(inner.place());
                    }
                }
            }
        }
        if (!hosted.isEmpty()) {
            extra.put("tools", "[" + String.join(",", hosted) + "]");
        }
        return functions;
    }

    private Tool function(RequestValue tool, @Nullable String namespace)
            throws InvalidRequestException {
        RequestValue parameters = tool.find("parameters");
        if (parameters != null && !parameters.isObject()) {
            throw parameters.refused("must be a JSON Schema, which is an object");
        }
        RequestValue strict = tool.find("strict");
        ignored.addAll(tool.others(FUNCTION, ignored).keySet());
        return new Tool(
                new Namespaces.Name(namespace, tool.needString("name")).joined(),
                tool.findString("description"),
                parameters == null ? ANY_SCHEMA : parameters.raw(),
                (strict != null && strict.truth()) ? Boolean.TRUE : null,
                null);
    }

    private ToolChoice choice() throws InvalidRequestException {
        RequestValue choice = body.find("tool_choice");
        if (choice == null) {
            return new ToolChoice.Auto();
        }
        if (choice.isString()) {
            return switch (choice.string()) {
                case "auto" -> new ToolChoice.Auto();
                case "none" -> new ToolChoice.None();
                case "required" -> new ToolChoice.Required();
                default -> throw choice.refused("must be auto, none, required or an object");
            };
        }
        if (choice.needString("type").equals("function")) {
            return new ToolChoice.Named(
                    new Namespaces.Name(
                                    choice.findString(Namespaces.TYPE), choice.needString("name"))
                            .joined());
        }
        extra.put("tool_choice", choice.raw());
        return new ToolChoice.Auto();
    }

    private @Nullable Reasoning reasoning() throws InvalidRequestException {
        RequestValue reasoning = body.find("reasoning");
        if (reasoning == null) {
            return null;
        }
        extra.putAll(reasoning.others(Set.of("effort", "summary"), ignored));
        RequestValue effort = reasoning.find("effort");
        return new Reasoning(effort == null ? null : effort(effort), null, shown(reasoning));
    }

    private static Reasoning.Effort effort(RequestValue effort) throws InvalidRequestException {
        for (Reasoning.Effort step : Reasoning.Effort.values()) {
            if (word(step).equals(effort.string())) {
                return step;
            }
        }
        throw effort.refused(
                Arrays.stream(Reasoning.Effort.values())
                        .map(SettingsReader::word)
                        .collect(Collectors.joining(", ", "must be one of ", "")));
    }

    private static String word(Reasoning.Effort step) {
        return step.name().toLowerCase(Locale.ROOT);
    }

    /// Which kind of summary only this protocol can say; null is a word of its own: none.
    private @Nullable Boolean shown(RequestValue reasoning) throws InvalidRequestException {
        String summary = reasoning.findString("summary");
        if (summary == null) {
            return reasoning.fields().containsKey("summary") ? Boolean.FALSE : null;
        }
        if (!summary.equals("auto")) {
            extra.put("reasoning.summary", reasoning.need("summary").raw());
        }
        return true;
    }

    private @Nullable OutputFormat format() throws InvalidRequestException {
        RequestValue text = body.find("text");
        if (text == null) {
            return null;
        }
        extra.putAll(text.others(Set.of("format"), ignored));
        RequestValue format = text.find("format");
        if (format == null) {
            return null;
        }
        return switch (format.needString("type")) {
            case "text" -> null;
            case "json_object" -> new OutputFormat.JsonObject();
            case "json_schema" -> schema(format);
            default ->
                    throw format.need("type").refused("must be text, json_object or json_schema");
        };
    }

    private static OutputFormat schema(RequestValue format) throws InvalidRequestException {
        RequestValue schema = format.need("schema");
        if (!schema.isObject()) {
            throw schema.refused("must be a JSON Schema, which is an object");
        }
        RequestValue strict = format.find("strict");
        return new OutputFormat.JsonSchema(
                format.needString("name"),
                format.findString("description"),
                schema.raw(),
                strict == null ? null : Boolean.valueOf(strict.truth()));
    }
}
