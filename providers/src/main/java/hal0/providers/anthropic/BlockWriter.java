package hal0.providers.anthropic;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.CacheControl;
import hal0.providers.dialect.CallArguments;
import hal0.providers.dialect.DataUrl;
import hal0.providers.dialect.Json;
import hal0.providers.message.CacheMark;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the content blocks of one conversation.
///
/// **Source** ContentBlockParam and what it names in resources/messages/messages.d.ts of
/// anthropic-ai/sdk 1.11.0 at npm, read 2026-11-21. **Threads** one.
final class BlockWriter {
    private static final String PDF = "application/pdf";

    private final ToolIds ids = new ToolIds();

    /// A block and the mark that it carries.
    record Block(Part part, @Nullable CacheMark mark) {
        Block marked(CacheMark other) {
            return new Block(part, other);
        }

        /// The API takes no mark on what it signed, and what came as a whole has its own.
        boolean takesMark() {
            return !(part instanceof Part.Thinking
                    || part instanceof Part.RedactedThinking
                    || part instanceof Part.Opaque);
        }
    }

    /// The blocks of one turn: marks joined to what they stand behind, what the protocol has no
    /// word for left out, and results of tools first, as it demands.
    static List<Block> blocks(Role role, List<Part> parts) {
        List<Block> first = new ArrayList<>();
        List<Block> rest = new ArrayList<>();
        List<Block> last = rest;
        for (Part part : parts) {
            if (part instanceof Part.Cache(var mark)) {
                if (!last.isEmpty() && last.getLast().takesMark()) {
                    last.set(last.size() - 1, last.getLast().marked(mark));
                }
            } else if (isSaid(role, part)) {
                last = part instanceof Part.ToolResult ? first : rest;
                last.add(new Block(part, null));
            }
        }
        first.addAll(rest);
        return first;
    }

    /// Blank texts are refused, and so are thoughts without a signature, which other providers'
    /// are.
    private static boolean isSaid(Role role, Part part) {
        return switch (part) {
            case Part.Text(var text) -> !text.isBlank();
            case Part.Thinking(_, var signature) -> role == Role.ASSISTANT && signature != null;
            case Part.RedactedThinking _, Part.ToolCall _ -> role == Role.ASSISTANT;
            case Part.Image _, Part.Document _, Part.ToolResult _ -> role == Role.USER;
            case Part.Opaque(var origin, _) -> origin == Protocol.ANTHROPIC && role != Role.SYSTEM;
            case Part.Audio _, Part.Cache _ -> false;
        };
    }

    void write(JsonGenerator json, List<Block> blocks) throws IOException {
        for (Block block : blocks) {
            write(json, block);
        }
    }

    private void write(JsonGenerator json, Block block) throws IOException {
        if (block.part() instanceof Part.Opaque(_, var raw)) {
            // It has its mark already, if it had one.
            Json.writeRaw(json, raw);
            return;
        }
        json.writeStartObject();
        switch (block.part()) {
            case Part.Text(var text) -> {
                json.writeStringField("type", "text");
                json.writeStringField("text", text);
            }
            case Part.Thinking(var text, var signature) -> {
                json.writeStringField("type", "thinking");
                json.writeStringField("thinking", text);
                json.writeStringField("signature", signature);
            }
            case Part.RedactedThinking(var data) -> {
                json.writeStringField("type", "redacted_thinking");
                json.writeStringField("data", data);
            }
            case Part.Image(var source, _) -> image(json, source);
            case Part.Document(var source, var name) -> document(json, source, name);
            case Part.ToolCall(var id, var name, var arguments, _) -> {
                json.writeStringField("type", "tool_use");
                json.writeStringField("id", ids.of(id));
                json.writeStringField("name", name);
                json.writeFieldName("input");
                CallArguments.write(json, arguments);
            }
            case Part.ToolResult result -> result(json, result);
            case Part.Audio _, Part.Cache _, Part.Opaque _ -> {}
        }
        if (block.mark() != null) {
            CacheControl.write(json, block.mark());
        }
        json.writeEndObject();
    }

    private static void image(JsonGenerator json, MediaSource source) throws IOException {
        json.writeStringField("type", "image");
        json.writeObjectFieldStart("source");
        source(json, bytesOf(source));
        json.writeEndObject();
    }

    private static void document(JsonGenerator json, MediaSource source, @Nullable String name)
            throws IOException {
        json.writeStringField("type", "document");
        json.writeObjectFieldStart("source");
        MediaSource there = bytesOf(source);
        String text = textOf(there);
        if (text != null) {
            json.writeStringField("type", "text");
            json.writeStringField("media_type", "text/plain");
            json.writeStringField("data", text);
        } else {
            source(json, there);
        }
        json.writeEndObject();
        if (name != null) {
            json.writeStringField("title", name);
        }
    }

    private static MediaSource bytesOf(MediaSource source) {
        return source instanceof MediaSource.Url(var url) ? DataUrl.source(url) : source;
    }

    /// Of documents by value the protocol takes PDFs and plain text; null for all that is no text.
    private static @Nullable String textOf(MediaSource source) {
        if (!(source instanceof MediaSource.Base64(var type, var data))
                || type.equals(PDF)
                || !type.startsWith("text/")) {
            return null;
        }
        try {
            return new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Not what it says it is; the API will say so by its place.
            return null;
        }
    }

    private static void source(JsonGenerator json, MediaSource source) throws IOException {
        switch (source) {
            case MediaSource.Base64(var mediaType, var data) -> {
                json.writeStringField("type", "base64");
                json.writeStringField("media_type", mediaType);
                json.writeStringField("data", data);
            }
            case MediaSource.Url(var url) -> {
                json.writeStringField("type", "url");
                json.writeStringField("url", url);
            }
            case MediaSource.FileId(var id) -> {
                json.writeStringField("type", "file");
                json.writeStringField("file_id", id);
            }
        }
    }

    private void result(JsonGenerator json, Part.ToolResult result) throws IOException {
        json.writeStringField("type", "tool_result");
        json.writeStringField("tool_use_id", ids.of(result.callId()));
        if (result.failed()) {
            json.writeBooleanField("is_error", true);
        }
        json.writeArrayFieldStart("content");
        write(json, blocks(Role.USER, result.content()));
        json.writeEndArray();
    }
}
