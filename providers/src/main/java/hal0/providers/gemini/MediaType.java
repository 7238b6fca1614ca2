package hal0.providers.gemini;

import hal0.providers.message.MediaSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What media types say of a thing, and addresses of its media type.
///
/// **Source** types: ai.google.dev/gemini-api/docs (image, audio and document understanding);
/// addresses of uploaded files: ai.google.dev/api/files; read 2026-11-21.
final class MediaType {
    enum Kind {
        IMAGE,
        DOCUMENT,
        AUDIO,
        VIDEO
    }

    private MediaType() {}

    static Kind kind(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        if (lower.startsWith("image/")) {
            return Kind.IMAGE;
        }
        if (lower.startsWith("audio/")) {
            return Kind.AUDIO;
        }
        return lower.startsWith("video/") ? Kind.VIDEO : Kind.DOCUMENT;
    }

    /// The kind of what stands at an address without a type.
    static Kind kindAt(String uri) {
        if (uri.contains("://www.youtube.com/") || uri.contains("://youtu.be/")) {
            return Kind.VIDEO;
        }
        String type = ofName(uri);
        return type == null ? Kind.IMAGE : kind(type);
    }

    /// The type to name for a thing of `kind` at an address; null where none is needed: a wrong one
    /// is worse than none. Without any a thing passes for an image.
    static @Nullable String at(String uri, Kind kind) {
        String type = ofName(uri);
        if (type != null && kind(type) == kind) {
            return type;
        }
        return switch (kind) {
            case IMAGE -> kindAt(uri) == Kind.IMAGE ? null : "image/jpeg";
            case DOCUMENT -> "application/pdf";
            case AUDIO -> "audio/mpeg";
            case VIDEO -> "video/mp4";
        };
    }

    /// The type that the name of a file tells, else null.
    private static @Nullable String ofName(String url) {
        int end = url.indexOf('?') < 0 ? url.length() : url.indexOf('?');
        String path = url.substring(0, end).toLowerCase(Locale.ROOT);
        String ending = path.substring(path.lastIndexOf('.') + 1);
        return switch (ending) {
            case "png", "gif", "webp", "jpeg", "heic", "heif" -> "image/" + ending;
            case "jpg" -> "image/jpeg";
            case "pdf" -> "application/pdf";
            case "txt" -> "text/plain";
            case "html", "css", "csv", "xml" -> "text/" + ending;
            case "md" -> "text/markdown";
            case "wav", "aiff", "aac", "ogg", "flac" -> "audio/" + ending;
            case "mp3" -> "audio/mpeg";
            case "mp4", "webm" -> "video/" + ending;
            case "mov" -> "video/quicktime";
            default -> null;
        };
    }

    /// What an address of this protocol is in neutral words: what Google alone can open is a file
    /// of its own.
    static MediaSource source(String uri) {
        boolean own =
                !uri.contains("://")
                        || uri.startsWith("gs://")
                        || uri.startsWith("https://generativelanguage.googleapis.com/");
        return own ? new MediaSource.FileId(uri) : new MediaSource.Url(uri);
    }
}
