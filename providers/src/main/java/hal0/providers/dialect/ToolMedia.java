package hal0.providers.dialect;

import hal0.providers.message.Part;
import java.util.ArrayList;
import java.util.List;

/// How what a tool returned is said where results hold text only: media behind the results, under a
/// line that tells where they come from, and a failure in words.
public final class ToolMedia {
    private ToolMedia() {}

    /// `media` is an image or a document in the result of the call `callId`.
    public static List<Part> behind(String callId, Part media) {
        String what = media instanceof Part.Document ? "Document" : "Image";
        return List.of(new Part.Text(what + " from the tool call " + callId + ":"), media);
    }

    /// The content of a failed result that says so itself.
    public static List<Part> failed(List<Part> content) {
        List<Part> said = new ArrayList<>(content);
        said.removeIf(part -> part instanceof Part.Text(var text) && text.isEmpty());
        if (!said.isEmpty() && said.getFirst() instanceof Part.Text(var text)) {
            said.set(0, new Part.Text("Error: " + text));
        } else {
            said.addFirst(new Part.Text("Error: "));
        }
        return said;
    }
}
