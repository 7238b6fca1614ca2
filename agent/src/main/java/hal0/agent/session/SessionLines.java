package hal0.agent.session;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.agent.session.SessionEntry.Ending;
import hal0.home.error.ErrorKind;
import hal0.providers.event.StopReason;
import hal0.providers.event.Usage;
import hal0.providers.message.CacheMark;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.price.Cost;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the lines of the current format mean.
///
/// **Errors** [IllegalArgumentException] saying what a line lacks.
final class SessionLines {
    private SessionLines() {}

    static SessionHeader header(JsonNode line) {
        return new SessionHeader(
                text(line, "id"),
                text(line, "cwd"),
                text(line, "provider"),
                text(line, "model"),
                time(line, "started"));
    }

    static SessionEntry entry(JsonNode line) {
        Instant at = time(line, "at");
        String type = text(line, "type");
        return switch (type) {
            case "user" -> new SessionEntry.UserSaid(at, parts(line, "parts"));
            case "assistant" ->
                    new SessionEntry.ModelSaid(
                            at,
                            text(line, "request_id"),
                            text(line, "provider"),
                            text(line, "model"),
                            parts(line, "parts"),
                            usage(line.get("usage")),
                            cost(line),
                            ending(line));
            case "unanswered" ->
                    new SessionEntry.NobodyAnswered(
                            at, word(line, "error", ErrorKind.class), text(line, "message"));
            case "tool" ->
                    new SessionEntry.ToolAnswered(
                            at,
                            new Part.ToolResult(
                                    text(line, "call_id"),
                                    parts(line, "content"),
                                    line.path("failed").asBoolean()),
                            textOrNull(line, "diff"));
            case "nudged" -> new SessionEntry.Nudged(at, text(line, "by"), text(line, "text"));
            case "plan" -> new SessionEntry.Planned(at, todos(line));
            case "spent" ->
                    new SessionEntry.SpentBeside(
                            at,
                            text(line, "purpose"),
                            text(line, "request_id"),
                            text(line, "provider"),
                            text(line, "model"),
                            usage(line.get("usage")),
                            cost(line));
            case "compacted" ->
                    new SessionEntry.Compacted(at, text(line, "summary"), number(line, "from"));
            case "expanded" -> new SessionEntry.Expanded(at);
            case "kept" -> new SessionEntry.FilesKept(at, FileChangeLines.kept(line));
            case "files" -> new SessionEntry.FilesChanged(at, FileChangeLines.read(line));
            case "undone" -> new SessionEntry.Undone(at, number(line, "from"));
            case "redone" -> new SessionEntry.Redone(at);
            default -> throw new IllegalArgumentException("unknown type \"" + type + '"');
        };
    }

    private static List<Todo> todos(JsonNode line) {
        List<Todo> todos = new ArrayList<>();
        for (JsonNode node : line.path("todos")) {
            todos.add(new Todo(text(node, "text"), word(node, "state", Todo.State.class)));
        }
        return todos;
    }

    private static Ending ending(JsonNode line) {
        if (line.path("interrupted").asBoolean(false)) {
            return new Ending.Interrupted();
        }
        if (line.has("error")) {
            return new Ending.Failed(word(line, "error", ErrorKind.class), text(line, "message"));
        }
        return new Ending.Stopped(word(line, "stop", StopReason.class));
    }

    private static Cost cost(JsonNode line) {
        if (line.path("local").asBoolean(false)) {
            return new Cost.Local();
        }
        JsonNode usd = line.path("cost_usd");
        return usd.isNumber() ? new Cost.Usd(usd.decimalValue()) : new Cost.Unknown();
    }

    private static @Nullable Usage usage(@Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        JsonNode reported = node.path("reported_usd");
        return new Usage(
                node.path("input").asLong(),
                node.path("output").asLong(),
                node.path("cache_read").asLong(),
                node.path("cache_write_5m").asLong(),
                node.path("cache_write_1h").asLong(),
                node.path("reasoning").asLong(),
                reported.isNumber() ? reported.decimalValue() : null);
    }

    private static List<Part> parts(JsonNode line, String name) {
        JsonNode array = line.path(name);
        if (!array.isArray()) {
            throw lacks(name);
        }
        List<Part> parts = new ArrayList<>();
        for (JsonNode node : array) {
            parts.add(part(node));
        }
        return parts;
    }

    private static Part part(JsonNode node) {
        String type = text(node, "type");
        return switch (type) {
            case "text" -> new Part.Text(text(node, "text"));
            case "thinking" -> new Part.Thinking(text(node, "text"), textOrNull(node, "signature"));
            case "redacted_thinking" -> new Part.RedactedThinking(text(node, "data"));
            case "image" -> new Part.Image(source(node), textOrNull(node, "detail"));
            case "document" -> new Part.Document(source(node), textOrNull(node, "name"));
            case "audio" -> new Part.Audio(source(node));
            case "cache" -> new Part.Cache(word(node, "mark", CacheMark.class));
            case "opaque" -> new Part.Opaque(protocol(node), text(node, "json"));
            case "tool_call" ->
                    new Part.ToolCall(
                            text(node, "id"),
                            text(node, "name"),
                            text(node, "arguments"),
                            textOrNull(node, "signature"));
            case "tool_result" ->
                    new Part.ToolResult(
                            text(node, "call_id"),
                            parts(node, "content"),
                            node.path("failed").asBoolean());
            default -> throw new IllegalArgumentException("unknown part \"" + type + '"');
        };
    }

    private static MediaSource source(JsonNode node) {
        if (node.has("url")) {
            return new MediaSource.Url(text(node, "url"));
        }
        return node.has("file_id")
                ? new MediaSource.FileId(text(node, "file_id"))
                : new MediaSource.Base64(text(node, "media_type"), text(node, "data"));
    }

    private static Protocol protocol(JsonNode node) {
        String name = text(node, "protocol");
        return Arrays.stream(Protocol.values())
                .filter(protocol -> protocol.shortName().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("unknown protocol \"" + name + '"'));
    }

    private static int number(JsonNode line, String name) {
        JsonNode value = line.path(name);
        if (!value.isInt()) {
            throw lacks(name);
        }
        return value.intValue();
    }

    static @Nullable String textOrNull(JsonNode node, String name) {
        return node.has(name) ? text(node, name) : null;
    }

    static String text(JsonNode line, String name) {
        JsonNode value = line.path(name);
        if (!value.isTextual()) {
            throw lacks(name);
        }
        return value.textValue();
    }

    private static Instant time(JsonNode line, String name) {
        try {
            return Instant.parse(text(line, name));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + " is no time", e);
        }
    }

    private static <E extends Enum<E>> E word(JsonNode line, String name, Class<E> type) {
        return Enum.valueOf(type, text(line, name).toUpperCase(Locale.ROOT));
    }

    static IllegalArgumentException lacks(String name) {
        return new IllegalArgumentException("it lacks " + name);
    }
}
