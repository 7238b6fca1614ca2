package hal0.providers.responses;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.DataUrl;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.RequestValue;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Part;
import java.io.IOException;
import java.util.Locale;

/// Pictures, documents and recordings as parts of an input, in both directions.
///
/// **Shape** `auto` is what a picture without a detail has. A file that is sent along needs a name,
/// one that is named by address or id must have none. **Source** `ResponseInputImage`,
/// `ResponseInputFile` and `ResponseInputAudio` in resources/responses/responses.d.ts of the npm
/// package openai 6.49.0; github.com/0xPlaygrounds/rig/issues/1429 and
/// github.com/laravel/ai/pull/324 (names); read 2026-11-21.
final class InputMedia {
    private static final String AUTO = "auto";

    private InputMedia() {}

    static void image(JsonGenerator json, Part.Image image) throws IOException {
        json.writeStringField("type", "input_image");
        json.writeStringField("detail", image.detail() == null ? AUTO : image.detail());
        switch (image.source()) {
            case MediaSource.Base64 data -> json.writeStringField("image_url", DataUrl.of(data));
            case MediaSource.Url(var url) -> json.writeStringField("image_url", url);
            case MediaSource.FileId(var id) -> json.writeStringField("file_id", id);
        }
    }

    static void document(JsonGenerator json, Part.Document document) throws IOException {
        json.writeStringField("type", "input_file");
        switch (document.source()) {
            case MediaSource.Base64 data -> {
                String name = document.name() == null ? nameOf(data) : document.name();
                json.writeStringField("filename", name);
                json.writeStringField("file_data", DataUrl.of(data));
            }
            case MediaSource.Url(var url) -> json.writeStringField("file_url", url);
            case MediaSource.FileId(var id) -> json.writeStringField("file_id", id);
        }
    }

    /// The name of what has none; read back, it is none.
    private static String nameOf(MediaSource.Base64 data) {
        return switch (data.mediaType()) {
            case "application/pdf" -> "document.pdf";
            case "text/plain" -> "document.txt";
            default -> "document";
        };
    }

    static Part readImage(RequestValue part) throws InvalidRequestException {
        String detail = part.findString("detail");
        String shown = AUTO.equals(detail) ? null : detail;
        String url = part.findString("image_url");
        if (url != null) {
            return new Part.Image(DataUrl.source(url), shown);
        }
        String id = part.findString("file_id");
        if (id == null) {
            throw part.refused("must have an image_url or a file_id");
        }
        return new Part.Image(new MediaSource.FileId(id), shown);
    }

    static Part readDocument(RequestValue part) throws InvalidRequestException {
        String name = part.findString("filename");
        String data = part.findString("file_data");
        if (data != null) {
            MediaSource source = source(data);
            boolean invented =
                    source instanceof MediaSource.Base64 base64 && nameOf(base64).equals(name);
            return new Part.Document(source, invented ? null : name);
        }
        return new Part.Document(reference(part), name);
    }

    private static MediaSource source(String data) {
        // The API takes bare base64 too.
        return data.startsWith("data:")
                ? DataUrl.source(data)
                : new MediaSource.Base64("application/pdf", data);
    }

    private static MediaSource reference(RequestValue part) throws InvalidRequestException {
        String url = part.findString("file_url");
        if (url != null) {
            return new MediaSource.Url(url);
        }
        String id = part.findString("file_id");
        if (id == null) {
            throw part.refused("must have file_data, a file_url or a file_id");
        }
        return new MediaSource.FileId(id);
    }

    static Part readAudio(RequestValue part) throws InvalidRequestException {
        RequestValue audio = part.need("input_audio");
        String format = audio.needString("format").toLowerCase(Locale.ROOT);
        String type = format.equals("mp3") ? "audio/mpeg" : "audio/" + format;
        return new Part.Audio(new MediaSource.Base64(type, audio.needString("data")));
    }
}
