package hal0.providers.dialect;

import static hal0.providers.dialect.Feature.AUDIO;
import static hal0.providers.dialect.Feature.AUDIO_BY_ID;
import static hal0.providers.dialect.Feature.AUDIO_BY_URL;
import static hal0.providers.dialect.Feature.CACHE_MARK;
import static hal0.providers.dialect.Feature.DOCUMENT;
import static hal0.providers.dialect.Feature.DOCUMENT_BY_ID;
import static hal0.providers.dialect.Feature.DOCUMENT_BY_URL;
import static hal0.providers.dialect.Feature.DOCUMENT_NAME;
import static hal0.providers.dialect.Feature.FOREIGN;
import static hal0.providers.dialect.Feature.IMAGE_BY_ID;
import static hal0.providers.dialect.Feature.IMAGE_BY_URL;
import static hal0.providers.dialect.Feature.IMAGE_DETAIL;
import static hal0.providers.dialect.Feature.LONG_CACHE_MARK;
import static hal0.providers.dialect.Feature.MEDIA_FROM_MODEL;
import static hal0.providers.dialect.Feature.NAME_OF_REFERENCE;
import static hal0.providers.dialect.Feature.PLAIN_THINKING;
import static hal0.providers.dialect.Feature.REDACTED_THINKING;
import static hal0.providers.dialect.Feature.RESULT_DOCUMENT;
import static hal0.providers.dialect.Feature.RESULT_FAILED;
import static hal0.providers.dialect.Feature.RESULT_IMAGE;
import static hal0.providers.dialect.Feature.SIGNED_CALL;
import static hal0.providers.dialect.Feature.SIGNED_THINKING;

import hal0.providers.message.CacheMark;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Role;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which features one part of a message uses.
final class PartFeatures {
    private final Role role;
    private final Protocol to;

    PartFeatures(Role role, Protocol to) {
        this.role = role;
        this.to = to;
    }

    /// Those without which the part cannot be said at all.
    Set<Feature> needed(Part part) {
        Set<Feature> needed = EnumSet.noneOf(Feature.class);
        switch (part) {
            case Part.Text _, Part.ToolCall _, Part.ToolResult _ -> {}
            case Part.Thinking(_, var signature) ->
                    needed.add(signature == null ? PLAIN_THINKING : SIGNED_THINKING);
            case Part.RedactedThinking _ -> needed.add(REDACTED_THINKING);
            case Part.Image(var source, _) ->
                    media(needed, source, null, IMAGE_BY_URL, IMAGE_BY_ID);
            case Part.Document(var source, _) ->
                    media(needed, source, DOCUMENT, DOCUMENT_BY_URL, DOCUMENT_BY_ID);
            case Part.Audio(var source) -> media(needed, source, AUDIO, AUDIO_BY_URL, AUDIO_BY_ID);
            case Part.Cache _ -> needed.add(CACHE_MARK);
            case Part.Opaque(var origin, _) -> {
                if (origin != to) {
                    needed.add(FOREIGN);
                }
            }
        }
        return needed;
    }

    private void media(
            Set<Feature> needed,
            MediaSource source,
            @Nullable Feature byValue,
            Feature byUrl,
            Feature byId) {
        switch (source) {
            case MediaSource.Base64 _ -> value(needed, byValue);
            case MediaSource.Url(var url) -> {
                // Such an address is the thing itself.
                if (url.startsWith("data:")) {
                    value(needed, byValue);
                } else {
                    needed.add(byUrl);
                }
            }
            case MediaSource.FileId _ -> needed.add(byId);
        }
        if (role == Role.ASSISTANT) {
            needed.add(MEDIA_FROM_MODEL);
        }
    }

    private static void value(Set<Feature> needed, @Nullable Feature byValue) {
        if (byValue != null) {
            needed.add(byValue);
        }
    }

    /// Whether a source is the thing itself.
    static boolean isValue(MediaSource source) {
        return switch (source) {
            case MediaSource.Base64 _ -> true;
            case MediaSource.Url(var url) -> url.startsWith("data:");
            case MediaSource.FileId _ -> false;
        };
    }

    /// All of them.
    Set<Feature> used(Part part) {
        Set<Feature> used = needed(part);
        switch (part) {
            case Part.Image(_, var detail) -> addIf(used, detail != null, IMAGE_DETAIL);
            case Part.Document(var source, var name) -> {
                addIf(used, name != null, DOCUMENT_NAME);
                addIf(used, name != null && !isValue(source), NAME_OF_REFERENCE);
            }
            case Part.Cache(var mark) -> addIf(used, mark == CacheMark.LONG, LONG_CACHE_MARK);
            case Part.ToolCall call -> addIf(used, call.signature() != null, SIGNED_CALL);
            case Part.ToolResult(_, var content, var failed) -> {
                addIf(used, failed, RESULT_FAILED);
                for (Part inner : content) {
                    addIf(used, inner instanceof Part.Image, RESULT_IMAGE);
                    addIf(used, inner instanceof Part.Document, RESULT_DOCUMENT);
                    used.addAll(used(inner));
                }
            }
            case Part.Text _,
                    Part.Thinking _,
                    Part.RedactedThinking _,
                    Part.Audio _,
                    Part.Opaque _ -> {}
        }
        return used;
    }

    private static void addIf(Set<Feature> used, boolean is, Feature feature) {
        if (is) {
            used.add(feature);
        }
    }
}
