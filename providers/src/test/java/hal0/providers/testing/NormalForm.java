package hal0.providers.testing;

import hal0.providers.message.ChatRequest;
import hal0.providers.message.Extra;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.OutputFormat;
import hal0.providers.message.Part;
import hal0.providers.message.Reasoning;
import hal0.providers.message.Role;
import hal0.providers.message.Tool;
import hal0.providers.message.ToolChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Requests that say the same are equal in this form.
///
/// **Shape** neighbouring messages of one role are one, and those that say nothing are gone; so are
/// empty texts and thoughts. The results of tools stand first in a message of the user, each with
/// its cache mark. JSON has no space; half characters are U+FFFD; a `data:` address is the thing
/// itself; how closely to look is not said when it is `auto`. A budget comes before an effort. How
/// to choose among tools is not said where there are none.
final class NormalForm {
    private NormalForm() {}

    static ChatRequest of(ChatRequest request) {
        List<Tool> tools = request.tools().stream().map(NormalForm::tool).toList();
        return new ChatRequest(
                request.model(),
                messages(request.messages()),
                tools,
                options(request.options(), tools.isEmpty()),
                request.stream(),
                extra(request.extra()));
    }

    private static Tool tool(Tool tool) {
        return new Tool(
                tool.name(),
                tool.description() == null ? null : Canonical.text(tool.description()),
                Canonical.json(tool.schema()),
                tool.strict(),
                tool.cache());
    }

    private static Extra extra(Extra extra) {
        if (extra.isEmpty()) {
            return Extra.NONE;
        }
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        extra.fields().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(e -> fields.put(e.getKey(), Canonical.json(e.getValue())));
        return new Extra(extra.origin(), fields);
    }

    private static Options options(Options options, boolean noTools) {
        Options.Builder normal =
                options.toBuilder()
                        .reasoning(reasoning(options.reasoning()))
                        .format(format(options.format()));
        if (noTools) {
            normal.toolChoice(new ToolChoice.Auto()).parallelTools(null);
        }
        return normal.build();
    }

    private static @Nullable Reasoning reasoning(@Nullable Reasoning reasoning) {
        if (reasoning == null) {
            return null;
        }
        boolean silent = reasoning.effort() == null && reasoning.budgetTokens() == null;
        if (silent && reasoning.shown() == null) {
            return null;
        }
        return new Reasoning(
                reasoning.budgetTokens() == null ? reasoning.effort() : null,
                reasoning.budgetTokens(),
                reasoning.shown());
    }

    private static @Nullable OutputFormat format(@Nullable OutputFormat format) {
        return switch (format) {
            case null -> null;
            case OutputFormat.JsonObject plain -> plain;
            case OutputFormat.JsonSchema(var name, var about, var schema, var strict) ->
                    new OutputFormat.JsonSchema(
                            name,
                            about == null ? null : Canonical.text(about),
                            Canonical.json(schema),
                            strict);
        };
    }

    private static List<Message> messages(List<Message> messages) {
        List<Message> merged = new ArrayList<>();
        for (Message message : messages) {
            List<Part> parts = parts(message.parts());
            if (parts.isEmpty()) {
                continue;
            }
            if (!merged.isEmpty() && merged.getLast().role() == message.role()) {
                List<Part> all = new ArrayList<>(merged.removeLast().parts());
                all.addAll(parts);
                parts = all;
            }
            merged.add(
                    new Message(
                            message.role(),
                            message.role() == Role.USER ? resultsFirst(parts) : parts));
        }
        return merged;
    }

    private static List<Part> resultsFirst(List<Part> parts) {
        List<Part> results = new ArrayList<>();
        List<Part> rest = new ArrayList<>();
        boolean behindResult = false;
        for (Part part : parts) {
            boolean result = part instanceof Part.ToolResult;
            boolean mark = part instanceof Part.Cache;
            (result || (mark && behindResult) ? results : rest).add(part);
            behindResult = result;
        }
        results.addAll(rest);
        return results;
    }

    private static List<Part> parts(List<Part> parts) {
        List<Part> normal = new ArrayList<>();
        for (Part part : parts) {
            Part one = part(part);
            if (one != null) {
                normal.add(one);
            }
        }
        return normal;
    }

    private static @Nullable Part part(Part part) {
        return switch (part) {
            case Part.Text(var text) -> text.isEmpty() ? null : new Part.Text(Canonical.text(text));
            case Part.Thinking(var text, var signature) ->
                    text.isEmpty() && signature == null
                            ? null
                            : new Part.Thinking(Canonical.text(text), signature);
            case Part.Image(var source, var detail) ->
                    new Part.Image(source(source), "auto".equals(detail) ? null : detail);
            case Part.Document(var source, var name) -> new Part.Document(source(source), name);
            case Part.Audio(var source) -> new Part.Audio(source(source));
            case Part.Opaque(var origin, var json) -> new Part.Opaque(origin, Canonical.json(json));
            case Part.ToolCall(var id, var name, var arguments, var signature) ->
                    new Part.ToolCall(id, name, Canonical.arguments(arguments), signature);
            case Part.ToolResult(var id, var content, var failed) ->
                    new Part.ToolResult(id, parts(content), failed);
            case Part.RedactedThinking _, Part.Cache _ -> part;
        };
    }

    private static MediaSource source(MediaSource source) {
        if (source instanceof MediaSource.Url(var url) && url.startsWith("data:")) {
            int comma = url.indexOf(";base64,");
            return new MediaSource.Base64(
                    url.substring("data:".length(), comma),
                    url.substring(comma + ";base64,".length()));
        }
        return source;
    }
}
