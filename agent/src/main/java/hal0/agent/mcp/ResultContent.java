package hal0.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.agent.tool.ToolOutcome;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Turns what a server gave back (`CallToolResult`) into what a model gets, bounded.
///
/// **Source** modelcontextprotocol.io/specification 2025-11-25, server/tools, read 2026-11-21.
final class ResultContent {
    /// **Units** characters, of all texts together.
    static final int MOST_TEXT = 30_000;

    private static final int MOST_IMAGES = 8;

    /// What Anthropic takes of one: 5 MB, encoded.
    private static final int LARGEST_IMAGE = 5 << 20;

    private static final Set<String> PICTURES =
            Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private final StringBuilder text = new StringBuilder();
    private final List<Part> images = new ArrayList<>();

    private ResultContent() {}

    static ToolOutcome of(JsonNode result) {
        ResultContent content = new ResultContent();
        for (JsonNode block : result.path("content")) {
            content.add(block);
        }
        // Servers ought to give it as text too, and not all do.
        JsonNode structured = result.path("structuredContent");
        if (content.text.isEmpty() && structured.isContainerNode()) {
            content.line(structured.toString());
        }
        return content.outcome(result.path("isError").asBoolean(false));
    }

    private ToolOutcome outcome(boolean failed) {
        List<Part> parts = new ArrayList<>();
        if (!text.isEmpty() || images.isEmpty()) {
            parts.add(new Part.Text(text.isEmpty() ? "(no output)" : bounded(text.toString())));
        }
        parts.addAll(images);
        return new ToolOutcome(parts, failed, null, null);
    }

    private void add(JsonNode block) {
        switch (block.path("type").asText("")) {
            case "text" -> line(block.path("text").asText());
            case "image" -> image(block.path("mimeType").asText(), block.path("data").asText());
            case "audio" ->
                    line(left("audio", block.path("mimeType").asText(), block.path("data")));
            case "resource_link" -> link(block);
            case "resource" -> resource(block.path("resource"));
            default ->
                    line("[%s, which hal0 does not know]".formatted(block.path("type").asText()));
        }
    }

    private void link(JsonNode block) {
        StringBuilder said = new StringBuilder("[resource ");
        said.append(block.path("name").asText()).append(": ").append(block.path("uri").asText());
        for (String key : List.of("mimeType", "description")) {
            if (!block.path(key).asText("").isEmpty()) {
                said.append(", ").append(block.path(key).asText());
            }
        }
        line(said.append(']').toString());
    }

    private void resource(JsonNode resource) {
        String uri = resource.path("uri").asText();
        if (resource.has("text")) {
            line("[resource " + uri + "]\n" + resource.path("text").asText());
        } else if (PICTURES.contains(resource.path("mimeType").asText())) {
            line("[resource " + uri + "]");
            image(resource.path("mimeType").asText(), resource.path("blob").asText());
        } else {
            String type = resource.path("mimeType").asText();
            line(left("resource " + uri, type, resource.path("blob")));
        }
    }

    private void image(String type, String data) {
        if (!PICTURES.contains(type) || data.isEmpty()) {
            line("[image of type %s, left out]".formatted(type));
        } else if (data.length() > LARGEST_IMAGE || images.size() == MOST_IMAGES) {
            line(
                    "[image of %d KB, left out: too large or too many]"
                            .formatted(data.length() / 1365));
        } else {
            images.add(new Part.Image(new MediaSource.Base64(type, data)));
        }
    }

    private static String left(String what, String type, JsonNode data) {
        return "[%s, %s, %d bytes, left out]"
                .formatted(what, type, data.asText().length() * 3L / 4);
    }

    private void line(String said) {
        text.append(text.isEmpty() ? "" : "\n").append(said);
    }

    /// The beginning and the end: which of them matters depends on the tool.
    private static String bounded(String whole) {
        if (whole.length() <= MOST_TEXT) {
            return whole;
        }
        int head = onCharacter(whole, MOST_TEXT * 2 / 3);
        int tail = onCharacter(whole, whole.length() - MOST_TEXT / 3);
        return whole.substring(0, head)
                + "\n[… %d characters left out; ask for less at once …]\n".formatted(tail - head)
                + whole.substring(tail);
    }

    private static int onCharacter(String text, int at) {
        return Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }
}
