package hal0.providers.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.ToolMedia;
import hal0.providers.message.CacheMark;
import hal0.providers.message.Message;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Role;
import hal0.providers.openai.PieceWriter.Piece;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the messages of a request.
final class MessageWriter {
    private final Vendor vendor;
    private final boolean reasoningContent;
    private final Marks marks;
    private final boolean claude;
    private final PieceWriter pieces;

    MessageWriter(Vendor vendor, boolean reasoningContent, Marks marks, boolean claude) {
        this.vendor = vendor;
        this.reasoningContent = reasoningContent;
        this.marks = marks;
        this.claude = claude;
        pieces = new PieceWriter(vendor, marks);
    }

    /// Results of tools must follow the calls at once: those of neighbouring user messages go
    /// before all their texts.
    void write(JsonGenerator json, List<Message> messages) throws IOException {
        int i = 0;
        while (i < messages.size()) {
            Message message = messages.get(i);
            switch (message.role()) {
                case SYSTEM -> {
                    List<Part> texts = new ArrayList<>(message.parts());
                    texts.removeIf(p -> !(p instanceof Part.Text || p instanceof Part.Cache));
                    plain(json, "system", texts);
                    i++;
                }
                case ASSISTANT -> {
                    assistant(json, message);
                    i++;
                }
                case USER -> {
                    int end = i;
                    while (end < messages.size() && messages.get(end).role() == Role.USER) {
                        end++;
                    }
                    users(json, messages.subList(i, end));
                    i = end;
                }
            }
        }
    }

    private void users(JsonGenerator json, List<Message> run) throws IOException {
        List<Part> fromTools = new ArrayList<>();
        for (Message message : run) {
            List<Part> parts = message.parts();
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i) instanceof Part.ToolResult result) {
                    boolean marked = i + 1 < parts.size() && parts.get(i + 1) instanceof Part.Cache;
                    CacheMark mark =
                            marked && parts.get(i + 1) instanceof Part.Cache(var m) ? m : null;
                    result(json, result, mark);
                    media(result, fromTools);
                }
            }
        }
        for (Message message : run) {
            List<Part> parts = new ArrayList<>(fromTools);
            fromTools.clear();
            Part before = null;
            for (Part part : message.parts()) {
                // The mark behind a result stands with it.
                if (!(part instanceof Part.Cache && before instanceof Part.ToolResult)) {
                    parts.add(part);
                }
                before = part;
            }
            plain(json, "user", parts);
        }
    }

    /// A tool message holds text only; its images and documents follow in the user's message.
    private void media(Part.ToolResult result, List<Part> to) {
        for (Part part : result.content()) {
            boolean medium = part instanceof Part.Image || part instanceof Part.Document;
            // A line above what this server is not told would promise too much.
            if (medium && !pieces.pieces(List.of(part)).isEmpty()) {
                to.addAll(ToolMedia.behind(result.callId(), part));
            }
        }
    }

    private void result(JsonGenerator json, Part.ToolResult result, @Nullable CacheMark behind)
            throws IOException {
        StringBuilder text = new StringBuilder(result.failed() ? "Error: " : "");
        CacheMark mark = behind;
        for (Part part : result.content()) {
            if (part instanceof Part.Text(var piece)) {
                text.append(piece);
            } else if (part instanceof Part.Cache(var within) && mark == null) {
                mark = within;
            }
        }
        json.writeStartObject();
        json.writeStringField("role", "tool");
        json.writeStringField("tool_call_id", result.callId());
        CacheMark said = marks == Marks.NONE ? null : mark;
        pieces.content(json, List.of(new Piece(new Part.Text(text.toString()), said)));
        json.writeEndObject();
    }

    private void plain(JsonGenerator json, String role, List<Part> parts) throws IOException {
        List<Piece> shown = pieces.pieces(parts);
        if (shown.isEmpty()) {
            return;
        }
        json.writeStartObject();
        json.writeStringField("role", role);
        pieces.content(json, shown);
        json.writeEndObject();
    }

    /// What an assistant's message holds, each kind in its field.
    private static final class Said {
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder thinking = new StringBuilder();
        private final List<Part> details = new ArrayList<>();
        private final List<Part.ToolCall> calls = new ArrayList<>();
        private @Nullable CacheMark mark;

        private void add(Part part) {
            switch (part) {
                case Part.Text(var piece) -> text.append(piece);
                case Part.Thinking(var piece, var signature) -> {
                    if (signature == null) {
                        thinking.append(piece);
                    } else {
                        details.add(part);
                    }
                }
                case Part.RedactedThinking _ -> details.add(part);
                case Part.Opaque(var origin, _) -> {
                    if (origin == Protocol.OPENAI) {
                        details.add(part);
                    }
                }
                case Part.ToolCall call -> calls.add(call);
                case Part.Cache(var behind) -> mark = text.isEmpty() ? mark : behind;
                case Part.Image _, Part.Document _, Part.Audio _, Part.ToolResult _ -> {}
            }
        }
    }

    private void assistant(JsonGenerator json, Message message) throws IOException {
        Said said = new Said();
        message.parts().forEach(said::add);
        if (said.text.isEmpty() && said.calls.isEmpty()) {
            return;
        }
        json.writeStartObject();
        json.writeStringField("role", "assistant");
        if (said.text.isEmpty()) {
            json.writeNullField("content");
        } else {
            CacheMark mark = marks == Marks.CACHE_CONTROL ? said.mark : null;
            pieces.content(json, List.of(new Piece(new Part.Text(said.text.toString()), mark)));
        }
        thoughts(json, said);
        if (!said.calls.isEmpty()) {
            json.writeArrayFieldStart("tool_calls");
            for (Part.ToolCall call : said.calls) {
                call(json, call, vendor == Vendor.GOOGLE);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void thoughts(JsonGenerator json, Said said) throws IOException {
        if (vendor == Vendor.OPENROUTER) {
            // Anthropic refuses thoughts that it did not sign.
            if (!said.thinking.isEmpty() && !claude) {
                json.writeStringField("reasoning", said.thinking.toString());
            }
            ReasoningDetails.write(json, said.details);
            return;
        }
        if (reasoningContent && !said.thinking.isEmpty() && !said.calls.isEmpty()) {
            json.writeStringField("reasoning_content", said.thinking.toString());
        }
        if (!vendor.strict()) {
            // What is signed is nobody's business here; what is opaque came from such a server.
            said.details.removeIf(detail -> !(detail instanceof Part.Opaque));
            ReasoningDetails.write(json, said.details);
        }
    }

    /// `signed` is whether whoever reads it knows signatures of calls.
    static void call(JsonGenerator json, Part.ToolCall call, boolean signed) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", call.id());
        json.writeStringField("type", "function");
        json.writeObjectFieldStart("function");
        json.writeStringField("name", call.name());
        json.writeStringField("arguments", call.arguments());
        json.writeEndObject();
        if (signed && call.signature() != null) {
            CallExtra.write(json, call.signature());
        }
        json.writeEndObject();
    }
}
