package hal0.providers.dialect;

import hal0.providers.message.CacheMark;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Message;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A message without some features.
///
/// **Threads** one; for one message.
final class ReducedMessage {
    private final Set<Feature> gone;
    private final PartFeatures features;
    private final List<Part> behindResults = new ArrayList<>();

    ReducedMessage(Role role, Set<Feature> gone, Protocol to) {
        this.gone = gone;
        this.features = new PartFeatures(role, to);
    }

    /// Null when nothing is left.
    @Nullable Message of(Message message) {
        List<Part> left = reduced(message.parts(), null);
        if (left.isEmpty() && !message.parts().isEmpty()) {
            return null;
        }
        return new Message(message.role(), behindResults.isEmpty() ? left : withMedia(left));
    }

    /// Results first, as most protocols demand, then what came out of them, then the rest.
    private List<Part> withMedia(List<Part> parts) {
        List<Part> all = new ArrayList<>();
        List<Part> rest = new ArrayList<>();
        for (Part part : parts) {
            (part instanceof Part.ToolResult ? all : rest).add(part);
        }
        all.addAll(behindResults);
        all.addAll(rest);
        return all;
    }

    private List<Part> reduced(List<Part> parts, @Nullable String resultOf) {
        List<Part> left = new ArrayList<>();
        boolean dropped = false;
        for (Part part : parts) {
            if (!Collections.disjoint(features.needed(part), gone)) {
                dropped = true;
            } else if (resultOf != null && movesOut(part)) {
                dropped = true;
                behindResults.addAll(ToolMedia.behind(resultOf, reduced(part)));
            } else if (!(dropped && part instanceof Part.Cache && isMarked(left))) {
                left.add(reduced(part));
            }
        }
        return left;
    }

    /// Whether nothing stands before a mark that its part was taken from.
    private static boolean isMarked(List<Part> before) {
        return before.isEmpty() || before.getLast() instanceof Part.Cache;
    }

    private boolean movesOut(Part part) {
        return (part instanceof Part.Image && gone.contains(Feature.RESULT_IMAGE))
                || (part instanceof Part.Document && gone.contains(Feature.RESULT_DOCUMENT));
    }

    private Part reduced(Part part) {
        return switch (part) {
            case Part.Image(var source, _) when gone.contains(Feature.IMAGE_DETAIL) ->
                    new Part.Image(source);
            case Part.Document(var source, _) when losesName(source) ->
                    new Part.Document(source, null);
            case Part.ToolCall(var id, var name, var arguments, _)
                    when gone.contains(Feature.SIGNED_CALL) ->
                    new Part.ToolCall(id, name, arguments);
            case Part.Cache _ when gone.contains(Feature.LONG_CACHE_MARK) ->
                    new Part.Cache(CacheMark.SHORT);
            case Part.ToolResult result -> result(result);
            case Part.Text _,
                    Part.Thinking _,
                    Part.RedactedThinking _,
                    Part.Image _,
                    Part.Document _,
                    Part.Audio _,
                    Part.Cache _,
                    Part.Opaque _,
                    Part.ToolCall _ ->
                    part;
        };
    }

    private boolean losesName(MediaSource source) {
        return gone.contains(Feature.DOCUMENT_NAME)
                || (gone.contains(Feature.NAME_OF_REFERENCE) && !PartFeatures.isValue(source));
    }

    private Part result(Part.ToolResult result) {
        List<Part> content = reduced(result.content(), result.callId());
        boolean inWords = result.failed() && gone.contains(Feature.RESULT_FAILED);
        return new Part.ToolResult(
                result.callId(),
                inWords ? ToolMedia.failed(content) : content,
                result.failed() && !inWords);
    }
}
