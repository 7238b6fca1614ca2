package hal0.providers.openai;

import hal0.providers.dialect.DataUrl;
import hal0.providers.message.MediaSource;
import org.jspecify.annotations.Nullable;

/// Names that the protocol has for what others call by a media type.
final class FileNames {
    private static final String DOCUMENT = "document";

    private FileNames() {}

    /// The name of a document that has none; the protocol demands one.
    static String invented(MediaSource source) {
        MediaSource there =
                source instanceof MediaSource.Url(var url) ? DataUrl.source(url) : source;
        if (!(there instanceof MediaSource.Base64(var type, _))) {
            return DOCUMENT;
        }
        String kind = type.substring(type.indexOf('/') + 1);
        return DOCUMENT + "." + (kind.equals("plain") ? "txt" : kind);
    }

    /// The name that somebody gave, null for one that was made up here.
    static @Nullable String given(@Nullable String name, MediaSource source) {
        return name == null || name.equals(invented(source)) ? null : name;
    }

    static String audioFormat(String mediaType) {
        String kind = mediaType.substring(mediaType.indexOf('/') + 1);
        return switch (kind) {
            case "mpeg" -> "mp3";
            case "x-wav", "wave" -> "wav";
            default -> kind;
        };
    }

    static String audioType(String format) {
        return format.equals("mp3") ? "audio/mpeg" : "audio/" + format;
    }
}
