package hal0.providers.dialect;

import hal0.providers.message.Part;
import java.util.List;

/// How what a tool returned is said to a model whose results hold text only: behind the results,
/// under a line that tells where it comes from.
public final class ToolMedia {
    private ToolMedia() {}

    /// `media` is an image or a document in the result of the call `callId`.
    public static List<Part> behind(String callId, Part media) {
        String what = media instanceof Part.Document ? "Document" : "Image";
        return List.of(new Part.Text(what + " from the tool call " + callId + ":"), media);
    }
}
