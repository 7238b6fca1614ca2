package hal0.providers.openai;

import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.RequestValue;
import hal0.providers.message.Options;
import hal0.providers.message.OutputFormat;
import hal0.providers.message.Reasoning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads how the model should answer.
///
/// **Source** as for [OptionsWriter]. **Threads** one.
record OptionsReader(Map<String, String> extra, List<String> ignored) {

    void read(RequestValue root, Options.Builder options) throws InvalidRequestException {
        options.maxTokens(limit(root));
        options.temperature(number(root, "temperature"));
        options.topP(number(root, "top_p"));
        RequestValue topK = root.find("top_k");
        // Some servers take -1 for "no limit".
        options.topK(topK == null || topK.integer() < 0 ? null : Integer.valueOf(topK.count()));
        options.presencePenalty(number(root, "presence_penalty"));
        options.frequencyPenalty(number(root, "frequency_penalty"));
        RequestValue seed = root.find("seed");
        options.seed(seed == null ? null : Long.valueOf(seed.integer()));
        options.stop(stop(root.find("stop")));
        options.reasoning(reasoning(root));
        options.user(root.findString("user"));
        RequestValue format = root.find("response_format");
        if (format != null) {
            options.format(format(format));
        }
        RequestValue wishes = root.find("stream_options");
        if (wishes != null) {
            extra.putAll(wishes.others(Set.of("include_usage"), ignored));
        }
    }

    /// The newer name counts where both are there.
    private static @Nullable Integer limit(RequestValue root) throws InvalidRequestException {
        RequestValue limit = root.find("max_completion_tokens");
        limit = limit == null ? root.find("max_tokens") : limit;
        return limit == null || limit.integer() < 0 ? null : Integer.valueOf(limit.count());
    }

    private static @Nullable Double number(RequestValue root, String field)
            throws InvalidRequestException {
        RequestValue value = root.find(field);
        return value == null ? null : Double.valueOf(value.number());
    }

    private static List<String> stop(@Nullable RequestValue stop) throws InvalidRequestException {
        if (stop == null) {
            return List.of();
        }
        if (stop.isString()) {
            return List.of(stop.string());
        }
        if (!stop.isList()) {
            throw stop.refused("must be a string or a list of strings");
        }
        List<String> all = new ArrayList<>();
        for (RequestValue one : stop.elements()) {
            all.add(one.string());
        }
        return all;
    }

    private @Nullable Reasoning reasoning(RequestValue root) throws InvalidRequestException {
        RequestValue effort = root.find("reasoning_effort");
        RequestValue router = root.find("reasoning");
        if (router == null) {
            return effort == null ? null : Reasoning.of(step(effort));
        }
        extra.putAll(router.others(Set.of("effort", "max_tokens", "exclude", "enabled"), ignored));
        effort = router.find("effort") == null ? effort : router.find("effort");
        RequestValue budget = router.find("max_tokens");
        RequestValue hidden = router.find("exclude");
        RequestValue enabled = router.find("enabled");
        boolean off = enabled != null && !enabled.truth();
        Reasoning.Effort step = effort == null ? null : step(effort);
        return new Reasoning(
                off ? Reasoning.Effort.NONE : step,
                budget == null ? null : Integer.valueOf(budget.count()),
                hidden == null ? null : Boolean.valueOf(!hidden.truth()));
    }

    private static Reasoning.Effort step(RequestValue effort) throws InvalidRequestException {
        String word = effort.string();
        for (Reasoning.Effort step : Reasoning.Effort.values()) {
            if (step.name().toLowerCase(Locale.ROOT).equals(word)) {
                return step;
            }
        }
        throw effort.refused("must be one of none, minimal, low, medium, high, xhigh, max");
    }

    /// Forms that only some servers know, such as grammars, stay as they are.
    private @Nullable OutputFormat format(RequestValue format) throws InvalidRequestException {
        return switch (format.needString("type")) {
            case "text" -> null;
            case "json_object" -> new OutputFormat.JsonObject();
            case "json_schema" -> schema(format.need("json_schema"));
            default -> {
                extra.put("response_format", format.raw());
                yield null;
            }
        };
    }

    private static OutputFormat schema(RequestValue form) throws InvalidRequestException {
        RequestValue schema = form.find("schema");
        RequestValue strict = form.find("strict");
        if (schema != null && !schema.isObject()) {
            throw schema.refused("must be a JSON Schema, which is an object");
        }
        return new OutputFormat.JsonSchema(
                form.needString("name"),
                form.findString("description"),
                schema == null ? "{}" : schema.raw(),
                strict == null ? null : strict.truth());
    }
}
