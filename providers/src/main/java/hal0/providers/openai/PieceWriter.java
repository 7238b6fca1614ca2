package hal0.providers.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.DataUrl;
import hal0.providers.dialect.Json;
import hal0.providers.message.CacheMark;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the pieces of which a content consists.
///
/// **Source** ChatCompletionContentPart in resources/chat/completions/completions.d.ts of openai
/// 6.49.0 at npm, read 2026-11-21.
record PieceWriter(Vendor vendor, Marks marks) {

    /// A piece and the mark that it carries.
    record Piece(Part part, @Nullable CacheMark mark) {}

    /// What of these parts a user's message can say, marks joined to what they stand behind.
    List<Piece> pieces(List<Part> parts) {
        List<Piece> pieces = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.Cache(var mark)) {
                if (!pieces.isEmpty() && marks != Marks.NONE) {
                    pieces.add(new Piece(pieces.removeLast().part(), mark));
                }
            } else if (isSaid(part)) {
                pieces.add(new Piece(part, null));
            }
        }
        return pieces;
    }

    private boolean isSaid(Part part) {
        return switch (part) {
            case Part.Text _ -> true;
            case Part.Image(var source, _) -> !(source instanceof MediaSource.FileId);
            case Part.Document(var source, _) ->
                    !(source instanceof MediaSource.Url(var url))
                            || vendor == Vendor.OPENROUTER
                            || DataUrl.source(url) instanceof MediaSource.Base64;
            case Part.Audio(var source) -> source instanceof MediaSource.Base64;
            case Part.Opaque(var origin, _) -> origin == Protocol.OPENAI;
            case Part.Thinking _,
                    Part.RedactedThinking _,
                    Part.Cache _,
                    Part.ToolCall _,
                    Part.ToolResult _ ->
                    false;
        };
    }

    /// One text is a string, which every server reads; more, or anything else, are a list.
    void content(JsonGenerator json, List<Piece> pieces) throws IOException {
        if (pieces.size() == 1
                && pieces.getFirst().mark() == null
                && pieces.getFirst().part() instanceof Part.Text(var text)) {
            json.writeStringField("content", text);
            return;
        }
        json.writeArrayFieldStart("content");
        for (Piece piece : pieces) {
            write(json, piece);
        }
        json.writeEndArray();
    }

    private void write(JsonGenerator json, Piece piece) throws IOException {
        if (piece.part() instanceof Part.Opaque(_, var raw)) {
            Json.writeRaw(json, raw);
            return;
        }
        json.writeStartObject();
        switch (piece.part()) {
            case Part.Text(var text) -> {
                json.writeStringField("type", "text");
                json.writeStringField("text", text);
            }
            case Part.Image(var source, var detail) -> image(json, source, detail);
            case Part.Document(var source, var name) -> document(json, source, name);
            case Part.Audio(var source) -> audio(json, source);
            case Part.Thinking _,
                    Part.RedactedThinking _,
                    Part.Cache _,
                    Part.Opaque _,
                    Part.ToolCall _,
                    Part.ToolResult _ -> {}
        }
        marks.write(json, piece.mark());
        json.writeEndObject();
    }

    private static String url(MediaSource source) {
        return switch (source) {
            case MediaSource.Base64 data -> DataUrl.of(data);
            case MediaSource.Url(var url) -> url;
            case MediaSource.FileId(var id) -> id;
        };
    }

    private static void image(JsonGenerator json, MediaSource source, @Nullable String detail)
            throws IOException {
        json.writeStringField("type", "image_url");
        json.writeObjectFieldStart("image_url");
        json.writeStringField("url", url(source));
        if (detail != null) {
            json.writeStringField("detail", detail);
        }
        json.writeEndObject();
    }

    private static void document(JsonGenerator json, MediaSource source, @Nullable String name)
            throws IOException {
        json.writeStringField("type", "file");
        json.writeObjectFieldStart("file");
        if (source instanceof MediaSource.FileId(var id)) {
            json.writeStringField("file_id", id);
            if (name != null) {
                json.writeStringField("filename", name);
            }
        } else {
            json.writeStringField("filename", name == null ? FileNames.invented(source) : name);
            json.writeStringField("file_data", url(source));
        }
        json.writeEndObject();
    }

    private static void audio(JsonGenerator json, MediaSource source) throws IOException {
        json.writeStringField("type", "input_audio");
        json.writeObjectFieldStart("input_audio");
        if (source instanceof MediaSource.Base64(var type, var data)) {
            json.writeStringField("data", data);
            json.writeStringField("format", FileNames.audioFormat(type));
        }
        json.writeEndObject();
    }
}
