package hal0.agent.session;

import hal0.agent.session.SessionEntry.Ending;
import hal0.home.error.ErrorKind;
import hal0.providers.event.StopReason;
import hal0.providers.event.Usage;
import hal0.providers.message.CacheMark;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.price.Cost;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the lines of the current format mean.
///
/// **Errors** [IllegalArgumentException] saying what a line lacks.
final class SessionLines {
    private SessionLines() {}

    static SessionHeader header(Fields line) {
        return new SessionHeader(
                line.text("id"),
                line.text("cwd"),
                line.text("provider"),
                line.text("model"),
                line.time("started"),
                line.textOrNull("parent"),
                line.textOrNull("forked_from"),
                line.textOrNull("agent"));
    }

    static SessionEntry entry(Fields line) {
        Instant at = line.time("at");
        String type = line.text("type");
        return switch (type) {
            case "user" -> new SessionEntry.UserSaid(at, parts(line, "parts"));
            case "assistant" ->
                    new SessionEntry.ModelSaid(
                            at,
                            line.text("request_id"),
                            line.text("provider"),
                            line.text("model"),
                            parts(line, "parts"),
                            usage(line.object("usage")),
                            cost(line),
                            ending(line));
            case "unanswered" ->
                    new SessionEntry.NobodyAnswered(
                            at, line.word("error", ErrorKind.class), line.text("message"));
            case "halted" -> new SessionEntry.Halted(at, line.text("why"));
            case "tool" ->
                    new SessionEntry.ToolAnswered(
                            at,
                            new Part.ToolResult(
                                    line.text("call_id"),
                                    parts(line, "content"),
                                    line.flag("failed")),
                            line.textOrNull("diff"),
                            line.textOrNull("title"));
            case "nudged" -> new SessionEntry.Nudged(at, line.text("by"), line.text("text"));
            case "plan" -> new SessionEntry.Planned(at, todos(line));
            case "spent" ->
                    new SessionEntry.SpentBeside(
                            at,
                            line.text("purpose"),
                            line.text("request_id"),
                            line.text("provider"),
                            line.text("model"),
                            usage(line.object("usage")),
                            cost(line));
            case "compacted" ->
                    new SessionEntry.Compacted(at, line.text("summary"), line.number("from"));
            case "expanded" -> new SessionEntry.Expanded(at);
            case "kept" -> new SessionEntry.FilesKept(at, FileChangeLines.kept(line));
            case "files" -> new SessionEntry.FilesChanged(at, FileChangeLines.read(line));
            case "undone" -> new SessionEntry.Undone(at, line.number("from"));
            case "redone" -> new SessionEntry.Redone(at);
            default -> throw new IllegalArgumentException("unknown type \"" + type + '"');
        };
    }

    private static List<Todo> todos(Fields line) {
        List<Todo> todos = new ArrayList<>();
        for (Fields node : line.objects("todos")) {
            todos.add(new Todo(node.text("text"), node.word("state", Todo.State.class)));
        }
        return todos;
    }

    private static Ending ending(Fields line) {
        if (line.flag("interrupted")) {
            return new Ending.Interrupted();
        }
        if (line.has("error")) {
            return new Ending.Failed(line.word("error", ErrorKind.class), line.text("message"));
        }
        return new Ending.Stopped(line.word("stop", StopReason.class));
    }

    private static Cost cost(Fields line) {
        if (line.flag("local")) {
            return new Cost.Local();
        }
        BigDecimal usd = line.decimal("cost_usd");
        return usd == null ? new Cost.Unknown() : new Cost.Usd(usd);
    }

    private static @Nullable Usage usage(@Nullable Fields node) {
        if (node == null) {
            return null;
        }
        return new Usage(
                node.count("input"),
                node.count("output"),
                node.count("cache_read"),
                node.count("cache_write_5m"),
                node.count("cache_write_1h"),
                node.count("reasoning"),
                node.decimal("reported_usd"));
    }

    private static List<Part> parts(Fields line, String name) {
        List<Fields> nodes = line.objects(name);
        List<Part> parts = new ArrayList<>(nodes.size());
        for (Fields node : nodes) {
            parts.add(part(node));
        }
        return parts;
    }

    private static Part part(Fields node) {
        String type = node.text("type");
        return switch (type) {
            case "text" -> new Part.Text(node.text("text"));
            case "thinking" -> new Part.Thinking(node.text("text"), node.textOrNull("signature"));
            case "redacted_thinking" -> new Part.RedactedThinking(node.text("data"));
            case "image" -> new Part.Image(source(node), node.textOrNull("detail"));
            case "document" -> new Part.Document(source(node), node.textOrNull("name"));
            case "audio" -> new Part.Audio(source(node));
            case "cache" -> new Part.Cache(node.word("mark", CacheMark.class));
            case "opaque" -> new Part.Opaque(protocol(node), node.text("json"));
            case "tool_call" ->
                    new Part.ToolCall(
                            node.text("id"),
                            node.text("name"),
                            node.text("arguments"),
                            node.textOrNull("signature"));
            case "tool_result" ->
                    new Part.ToolResult(
                            node.text("call_id"), parts(node, "content"), node.flag("failed"));
            default -> throw new IllegalArgumentException("unknown part \"" + type + '"');
        };
    }

    private static MediaSource source(Fields node) {
        if (node.has("url")) {
            return new MediaSource.Url(node.text("url"));
        }
        return node.has("file_id")
                ? new MediaSource.FileId(node.text("file_id"))
                : new MediaSource.Base64(node.text("media_type"), node.text("data"));
    }

    private static Protocol protocol(Fields node) {
        String name = node.text("protocol");
        return Arrays.stream(Protocol.values())
                .filter(protocol -> protocol.shortName().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("unknown protocol \"" + name + '"'));
    }
}
