package hal0.providers.anthropic;

import hal0.providers.dialect.Features;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.RequestValue;
import hal0.providers.message.Options;
import hal0.providers.message.OutputFormat;
import hal0.providers.message.Reasoning;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what a request says about thinking and about the form of the answer, which share a field.
///
/// **Shape** a schema has no name here, and other protocols demand one: it gets `response`.
/// **Source** as for [ThinkingPlan]. **Threads** one.
record ThinkingReader(Map<String, String> extra, List<String> ignored) {

    void read(RequestValue root, Options.Builder options) throws InvalidRequestException {
        RequestValue config = root.find("output_config");
        RequestValue effort = config == null ? null : config.find("effort");
        RequestValue format = config == null ? null : config.find("format");
        if (config != null) {
            extra.putAll(config.others(Set.of("effort", "format"), ignored));
        }
        // Before it was part of output_config, and a beta.
        format = format == null ? root.find("output_format") : format;
        if (format != null) {
            options.format(format(format));
        }
        options.reasoning(reasoning(root.find("thinking"), effort == null ? null : step(effort)));
    }

    private static OutputFormat format(RequestValue format) throws InvalidRequestException {
        RequestValue type = format.need("type");
        if (!type.string().equals("json_schema")) {
            throw type.refused("must be json_schema");
        }
        RequestValue schema = format.need("schema");
        if (!schema.isObject()) {
            throw schema.refused("must be a JSON Schema, which is an object");
        }
        return new OutputFormat.JsonSchema(Features.SCHEMA_NAME, null, schema.raw(), null);
    }

    private static Reasoning.Effort step(RequestValue effort) throws InvalidRequestException {
        return switch (effort.string()) {
            case "low" -> Reasoning.Effort.LOW;
            case "medium" -> Reasoning.Effort.MEDIUM;
            case "high" -> Reasoning.Effort.HIGH;
            case "xhigh" -> Reasoning.Effort.XHIGH;
            case "max" -> Reasoning.Effort.MAX;
            default -> throw effort.refused("must be one of low, medium, high, xhigh, max");
        };
    }

    private @Nullable Reasoning reasoning(
            @Nullable RequestValue thinking, Reasoning.@Nullable Effort effort)
            throws InvalidRequestException {
        if (thinking == null) {
            return effort == null ? null : Reasoning.of(effort);
        }
        Set<String> known = Set.of("type", "budget_tokens", "display");
        return switch (thinking.needString("type")) {
            // An effort says here how long the answer may be, even without thinking.
            case "disabled" ->
                    effort == null
                            ? Reasoning.of(Reasoning.Effort.NONE)
                            : new Reasoning(effort, 0, null);
            case "enabled" -> {
                extra.putAll(thinking.others(known, ignored));
                int budget = thinking.need("budget_tokens").count();
                yield new Reasoning(effort, budget, shown(thinking));
            }
            case "adaptive" -> {
                extra.putAll(thinking.others(known, ignored));
                yield new Reasoning(effort, null, shown(thinking));
            }
            default -> {
                extra.put("thinking", thinking.raw());
                yield effort == null ? null : Reasoning.of(effort);
            }
        };
    }

    private static @Nullable Boolean shown(RequestValue thinking) throws InvalidRequestException {
        RequestValue display = thinking.find("display");
        if (display == null) {
            return null;
        }
        return switch (display.string()) {
            case "summarized" -> true;
            case "omitted" -> false;
            default -> throw display.refused("must be summarized or omitted");
        };
    }
}
