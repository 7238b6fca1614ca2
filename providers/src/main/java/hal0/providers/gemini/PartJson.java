package hal0.providers.gemini;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.CallArguments;
import hal0.providers.message.MediaSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The pieces of a `Part` that requests and answers have in common.
final class PartJson {
    private PartJson() {}

    static void text(JsonGenerator json, String text) throws IOException {
        json.writeStartObject();
        json.writeStringField("text", text);
        json.writeEndObject();
    }

    /// A thought, or the signature of the text before it when `said` is false.
    static void thought(JsonGenerator json, String text, boolean said, @Nullable String signature)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("text", text);
        if (said) {
            json.writeBooleanField("thought", true);
        }
        signature(json, signature);
        json.writeEndObject();
    }

    static void signature(JsonGenerator json, @Nullable String signature) throws IOException {
        if (signature != null) {
            json.writeStringField("thoughtSignature", signature);
        }
    }

    /// A call; `signature` null for one that has none.
    static void call(
            JsonGenerator json,
            @Nullable String id,
            String name,
            String arguments,
            @Nullable String signature)
            throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("functionCall");
        id(json, id);
        json.writeStringField("name", name);
        json.writeFieldName("args");
        CallArguments.write(json, arguments);
        json.writeEndObject();
        signature(json, signature);
        json.writeEndObject();
    }

    static void id(JsonGenerator json, @Nullable String id) throws IOException {
        if (id != null && !CallIds.isInvented(id)) {
            json.writeStringField("id", id);
        }
    }

    /// The field that holds a thing or says where it is.
    static void media(JsonGenerator json, MediaSource source, MediaType.Kind kind)
            throws IOException {
        switch (source) {
            case MediaSource.Base64(var type, var data) -> inline(json, type, data);
            case MediaSource.FileId(var uri) -> file(json, uri, kind);
            case MediaSource.Url(var url) -> {
                int comma = url.indexOf(";base64,");
                if (url.startsWith("data:") && comma > 0) {
                    inline(
                            json,
                            url.substring("data:".length(), comma),
                            url.substring(comma + ";base64,".length()));
                } else {
                    file(json, url, kind);
                }
            }
        }
    }

    private static void file(JsonGenerator json, String uri, MediaType.Kind kind)
            throws IOException {
        json.writeObjectFieldStart("fileData");
        String type = MediaType.at(uri, kind);
        if (type != null) {
            json.writeStringField("mimeType", type);
        }
        json.writeStringField("fileUri", uri);
        json.writeEndObject();
    }

    private static void inline(JsonGenerator json, String mediaType, String data)
            throws IOException {
        json.writeObjectFieldStart("inlineData");
        json.writeStringField("mimeType", mediaType);
        json.writeStringField("data", data);
        json.writeEndObject();
    }
}
