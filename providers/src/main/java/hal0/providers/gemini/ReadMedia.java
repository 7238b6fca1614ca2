package hal0.providers.gemini;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Part;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// An `inlineData` or a `fileData` of a request.
///
/// **Shape** `type` is null where a file has none; `name` what the caller calls it.
record ReadMedia(MediaSource source, @Nullable String type, @Nullable String name) {

    private static final class Read {
        private @Nullable String type;
        private @Nullable String where;
        private @Nullable String name;
    }

    static ReadMedia inline(RequestFields fields, String place)
            throws IOException, InvalidRequestException {
        Read read = read(fields, place, "data");
        if (read.type == null || read.type.isEmpty()) {
            throw fields.expected(place + ".mimeType", "the type of the data, such as image/png");
        }
        if (read.where == null) {
            throw fields.expected(place + ".data", "the data in base64");
        }
        return new ReadMedia(new MediaSource.Base64(read.type, read.where), read.type, read.name);
    }

    static ReadMedia file(RequestFields fields, String place)
            throws IOException, InvalidRequestException {
        Read read = read(fields, place, "fileUri");
        if (read.where == null || read.where.isEmpty()) {
            throw fields.expected(place + ".fileUri", "the address of the file");
        }
        String type = read.type == null || read.type.isEmpty() ? null : read.type;
        return new ReadMedia(MediaType.source(read.where), type, read.name);
    }

    private static Read read(RequestFields fields, String place, String content)
            throws IOException, InvalidRequestException {
        Read read = new Read();
        fields.object(
                place,
                (name, at) -> {
                    if (name.equals(content)) {
                        read.where = fields.text(at);
                    } else if (name.equals("mimeType")) {
                        read.type = fields.text(at);
                    } else if (name.equals("displayName")) {
                        read.name = fields.text(at);
                    } else {
                        fields.ignore(at);
                    }
                });
        return read;
    }

    MediaType.Kind kind() {
        if (type != null) {
            return MediaType.kind(type);
        }
        return switch (source) {
            case MediaSource.Url(var url) -> MediaType.kindAt(url);
            case MediaSource.FileId(var id) -> MediaType.kindAt(id);
            case MediaSource.Base64(var own, _) -> MediaType.kind(own);
        };
    }

    /// The part that it is; null for a film, which other protocols have no word for.
    @Nullable Part neutral(@Nullable String detail) {
        return switch (kind()) {
            case IMAGE -> new Part.Image(source, detail);
            case DOCUMENT -> new Part.Document(source, name);
            case AUDIO -> new Part.Audio(source);
            case VIDEO -> null;
        };
    }

    /// Writes it as it came.
    void write(JsonGenerator json) throws IOException {
        switch (source) {
            case MediaSource.Base64(var own, var data) -> {
                json.writeObjectFieldStart("inlineData");
                json.writeStringField("mimeType", own);
                json.writeStringField("data", data);
            }
            case MediaSource.Url(var url) -> file(json, url);
            case MediaSource.FileId(var id) -> file(json, id);
        }
        if (name != null) {
            json.writeStringField("displayName", name);
        }
        json.writeEndObject();
    }

    private void file(JsonGenerator json, String uri) throws IOException {
        json.writeObjectFieldStart("fileData");
        if (type != null) {
            json.writeStringField("mimeType", type);
        }
        json.writeStringField("fileUri", uri);
    }
}
