package hal0.agent.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import hal0.agent.session.SessionEntry.Ending;
import hal0.providers.event.Usage;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Part;
import hal0.providers.price.Cost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Lines of the current format; the inverse of [SessionReader].
final class SessionWriter {
    private final JsonFactory json =
            JsonFactory.builder()
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                    .build();

    byte[] line(SessionHeader header) {
        return line(out -> fields(out, header));
    }

    static void fields(JsonGenerator out, SessionHeader header) throws IOException {
        out.writeNumberField("format", SessionFormat.CURRENT);
        out.writeStringField("id", header.id());
        out.writeStringField("cwd", header.cwd());
        out.writeStringField("provider", header.provider());
        out.writeStringField("model", header.model());
        out.writeStringField("started", header.started().toString());
        optional(out, "parent", header.parent());
        optional(out, "forked_from", header.forkedFrom());
        optional(out, "agent", header.agent());
    }

    byte[] line(SessionEntry entry) {
        return line(out -> fields(out, entry));
    }

    static void fields(JsonGenerator out, SessionEntry entry) throws IOException {
        switch (entry) {
            case SessionEntry.UserSaid said -> user(out, said);
            case SessionEntry.ModelSaid said -> model(out, said);
            case SessionEntry.NobodyAnswered nobody -> nobody(out, nobody);
            case SessionEntry.Halted halted -> {
                start(out, "halted", halted);
                out.writeStringField("why", halted.why());
            }
            case SessionEntry.ToolAnswered answered -> tool(out, answered);
            case SessionEntry.Nudged nudged -> {
                start(out, "nudged", nudged);
                out.writeStringField("by", nudged.by());
                out.writeStringField("text", nudged.text());
            }
            case SessionEntry.Planned planned -> planned(out, planned);
            case SessionEntry.SpentBeside spent -> beside(out, spent);
            case SessionEntry.Compacted compacted -> {
                start(out, "compacted", compacted);
                out.writeStringField("summary", compacted.summary());
                out.writeNumberField("from", compacted.from());
            }
            case SessionEntry.Expanded expanded -> start(out, "expanded", expanded);
            case SessionEntry.FilesKept kept -> {
                start(out, "kept", kept);
                FileChangeLines.write(out, kept.kept());
            }
            case SessionEntry.FilesChanged changed -> {
                start(out, "files", changed);
                FileChangeLines.write(out, changed.changes());
            }
            case SessionEntry.Undone undone -> {
                start(out, "undone", undone);
                out.writeNumberField("from", undone.from());
            }
            case SessionEntry.Redone redone -> start(out, "redone", redone);
        }
    }

    private static void user(JsonGenerator out, SessionEntry.UserSaid said) throws IOException {
        start(out, "user", said);
        parts(out, "parts", said.parts());
    }

    private static void model(JsonGenerator out, SessionEntry.ModelSaid said) throws IOException {
        start(out, "assistant", said);
        out.writeStringField("request_id", said.requestId());
        out.writeStringField("provider", said.provider());
        out.writeStringField("model", said.model());
        parts(out, "parts", said.parts());
        switch (said.ending()) {
            case Ending.Stopped stopped -> out.writeStringField("stop", word(stopped.reason()));
            case Ending.Interrupted _ -> out.writeBooleanField("interrupted", true);
            case Ending.Failed failed -> {
                out.writeStringField("error", word(failed.kind()));
                out.writeStringField("message", failed.message());
            }
        }
        spent(out, said.usage(), said.cost());
    }

    private static void tool(JsonGenerator out, SessionEntry.ToolAnswered answered)
            throws IOException {
        start(out, "tool", answered);
        out.writeStringField("call_id", answered.result().callId());
        out.writeBooleanField("failed", answered.result().failed());
        parts(out, "content", answered.result().content());
        optional(out, "diff", answered.diff());
        optional(out, "title", answered.title());
    }

    private static void planned(JsonGenerator out, SessionEntry.Planned planned)
            throws IOException {
        start(out, "plan", planned);
        out.writeArrayFieldStart("todos");
        for (Todo todo : planned.todos()) {
            out.writeStartObject();
            out.writeStringField("text", todo.text());
            out.writeStringField("state", word(todo.state()));
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void beside(JsonGenerator out, SessionEntry.SpentBeside spent)
            throws IOException {
        start(out, "spent", spent);
        out.writeStringField("purpose", spent.purpose());
        out.writeStringField("request_id", spent.requestId());
        out.writeStringField("provider", spent.provider());
        out.writeStringField("model", spent.model());
        spent(out, spent.usage(), spent.cost());
    }

    private static void spent(JsonGenerator out, @Nullable Usage usage, Cost cost)
            throws IOException {
        if (usage != null) {
            usage(out, usage);
        }
        switch (cost) {
            case Cost.Usd usd -> out.writeNumberField("cost_usd", usd.amount());
            case Cost.Local _ -> out.writeBooleanField("local", true);
            case Cost.Unknown _ -> out.writeNullField("cost_usd");
        }
    }

    private static void nobody(JsonGenerator out, SessionEntry.NobodyAnswered nobody)
            throws IOException {
        start(out, "unanswered", nobody);
        out.writeStringField("error", word(nobody.kind()));
        out.writeStringField("message", nobody.message());
    }

    private static void start(JsonGenerator out, String type, SessionEntry entry)
            throws IOException {
        out.writeStringField("type", type);
        out.writeStringField("at", entry.at().toString());
    }

    private static void usage(JsonGenerator out, Usage usage) throws IOException {
        out.writeObjectFieldStart("usage");
        out.writeNumberField("input", usage.input());
        out.writeNumberField("output", usage.output());
        out.writeNumberField("cache_read", usage.cacheRead());
        out.writeNumberField("cache_write_5m", usage.cacheWrite5m());
        out.writeNumberField("cache_write_1h", usage.cacheWrite1h());
        out.writeNumberField("reasoning", usage.reasoning());
        BigDecimal reported = usage.reportedUsd();
        if (reported != null) {
            out.writeNumberField("reported_usd", reported);
        }
        out.writeEndObject();
    }

    private static void parts(JsonGenerator out, String name, List<Part> parts) throws IOException {
        out.writeArrayFieldStart(name);
        for (Part part : parts) {
            out.writeStartObject();
            part(out, part);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void part(JsonGenerator out, Part part) throws IOException {
        switch (part) {
            case Part.Text text -> {
                out.writeStringField("type", "text");
                out.writeStringField("text", text.text());
            }
            case Part.Thinking thinking -> {
                out.writeStringField("type", "thinking");
                out.writeStringField("text", thinking.text());
                optional(out, "signature", thinking.signature());
            }
            case Part.RedactedThinking redacted -> {
                out.writeStringField("type", "redacted_thinking");
                out.writeStringField("data", redacted.data());
            }
            case Part.Image image -> {
                out.writeStringField("type", "image");
                source(out, image.source());
                optional(out, "detail", image.detail());
            }
            case Part.Document document -> {
                out.writeStringField("type", "document");
                source(out, document.source());
                optional(out, "name", document.name());
            }
            case Part.Audio audio -> {
                out.writeStringField("type", "audio");
                source(out, audio.source());
            }
            case Part.Cache cache -> {
                out.writeStringField("type", "cache");
                out.writeStringField("mark", word(cache.mark()));
            }
            case Part.Opaque opaque -> {
                out.writeStringField("type", "opaque");
                out.writeStringField("protocol", opaque.origin().shortName());
                out.writeStringField("json", opaque.json());
            }
            case Part.ToolCall call -> {
                out.writeStringField("type", "tool_call");
                out.writeStringField("id", call.id());
                out.writeStringField("name", call.name());
                out.writeStringField("arguments", call.arguments());
                optional(out, "signature", call.signature());
            }
            case Part.ToolResult result -> {
                out.writeStringField("type", "tool_result");
                out.writeStringField("call_id", result.callId());
                out.writeBooleanField("failed", result.failed());
                parts(out, "content", result.content());
            }
        }
    }

    private static void source(JsonGenerator out, MediaSource source) throws IOException {
        switch (source) {
            case MediaSource.Base64 base64 -> {
                out.writeStringField("media_type", base64.mediaType());
                out.writeStringField("data", base64.data());
            }
            case MediaSource.Url url -> out.writeStringField("url", url.url());
            case MediaSource.FileId file -> out.writeStringField("file_id", file.id());
        }
    }

    private static void optional(JsonGenerator out, String name, @Nullable String value)
            throws IOException {
        if (value != null) {
            out.writeStringField(name, value);
        }
    }

    /// The word for a constant; the fixture of the format pins them, so that one that is renamed is
    /// noticed.
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private byte[] line(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = json.createGenerator(bytes)) {
            out.writeStartObject();
            content.write(out);
            out.writeEndObject();
            out.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    @FunctionalInterface
    private interface Content {
        void write(JsonGenerator out) throws IOException;
    }
}
