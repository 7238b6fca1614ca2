package hal0.providers.anthropic;

import hal0.providers.dialect.CacheControl;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.RequestValue;
import hal0.providers.message.CacheMark;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the content blocks of one request.
///
/// **Shape** a mark becomes a part of its own behind the block that has it. Blocks of the tools
/// that Anthropic runs itself, and of kinds that are yet to come, stay as they are. What a block
/// says besides and no part can hold is added to `ignored` by its place. **Source** as for
/// [BlockWriter]. **Threads** one.
final class BlockReader {
    /// The one field of a call's input that stands for arguments that are no object.
    static final String INVALID_JSON = "invalid_json";

    private static final Set<String> TEXT = Set.of("type", "text", CacheControl.FIELD);
    private static final Set<String> IMAGE = Set.of("type", "source", CacheControl.FIELD);
    private static final Set<String> DOCUMENT =
            Set.of("type", "source", "title", CacheControl.FIELD);
    private static final Set<String> CALL =
            Set.of("type", "id", "name", "input", CacheControl.FIELD);
    private static final Set<String> DIRECT_CALL =
            Set.of("type", "id", "name", "input", "caller", CacheControl.FIELD);
    private static final Set<String> RESULT =
            Set.of("type", "tool_use_id", "content", "is_error", CacheControl.FIELD);

    private final List<String> ignored;

    BlockReader(List<String> ignored) {
        this.ignored = ignored;
    }

    /// A content: one text, or a list of blocks.
    List<Part> content(@Nullable RequestValue content) throws InvalidRequestException {
        if (content == null) {
            return List.of();
        }
        if (content.isString()) {
            return List.of(new Part.Text(content.string()));
        }
        if (!content.isList()) {
            throw content.refused("must be a string or a list of content blocks");
        }
        List<Part> parts = new ArrayList<>();
        Map<String, String> signatures = new HashMap<>();
        for (RequestValue block : content.elements()) {
            block(block, parts, signatures);
        }
        if (!signatures.isEmpty()) {
            parts.replaceAll(part -> signed(part, signatures));
        }
        return parts;
    }

    private static Part signed(Part part, Map<String, String> signatures) {
        return part instanceof Part.ToolCall(var id, var name, var arguments, _)
                        && signatures.containsKey(id)
                ? new Part.ToolCall(id, name, arguments, signatures.get(id))
                : part;
    }

    private void block(RequestValue block, List<Part> to, Map<String, String> signatures)
            throws InvalidRequestException {
        String type = block.needString("type");
        switch (type) {
            case "text" -> {
                ignore(block, TEXT);
                to.add(new Part.Text(block.needString("text")));
            }
            case "image" -> {
                ignore(block, IMAGE);
                to.add(new Part.Image(source(block.need("source"))));
            }
            case "document" -> document(block, to);
            case "thinking" -> thinking(block, to, signatures);
            case "redacted_thinking" -> to.add(new Part.RedactedThinking(block.needString("data")));
            case "tool_use" -> to.add(call(block));
            case "tool_result" -> to.add(result(block));
            default -> {
                to.add(new Part.Opaque(Protocol.ANTHROPIC, block.raw()));
                return;
            }
        }
        CacheMark mark = CacheControl.of(block, ignored);
        if (mark != null) {
            to.add(new Part.Cache(mark));
        }
    }

    private void ignore(RequestValue block, Set<String> known) throws InvalidRequestException {
        block.unsaid(known, ignored);
    }

    private void document(RequestValue block, List<Part> to) throws InvalidRequestException {
        RequestValue source = block.need("source");
        if (source.needString("type").equals("content")) {
            // Texts and images under one title, which only this protocol takes for a document.
            to.add(new Part.Opaque(Protocol.ANTHROPIC, block.raw()));
            return;
        }
        ignore(block, DOCUMENT);
        to.add(new Part.Document(source(source), block.findString("title")));
    }

    private static MediaSource source(RequestValue source) throws InvalidRequestException {
        RequestValue type = source.need("type");
        return switch (type.string()) {
            case "base64" ->
                    new MediaSource.Base64(
                            source.needString("media_type"), source.needString("data"));
            case "text" ->
                    new MediaSource.Base64(
                            "text/plain",
                            Base64.getEncoder()
                                    .encodeToString(
                                            source.needString("data")
                                                    .getBytes(StandardCharsets.UTF_8)));
            case "url" -> new MediaSource.Url(source.needString("url"));
            case "file" -> new MediaSource.FileId(source.needString("file_id"));
            default -> throw type.refused("must be one of base64, text, url, file");
        };
    }

    private void thinking(RequestValue block, List<Part> to, Map<String, String> signatures)
            throws InvalidRequestException {
        String signature = block.findString("signature");
        String text = block.needString("thinking");
        if (signature == null || signature.isEmpty()) {
            to.add(new Part.Thinking(text, null));
            return;
        }
        CallSignature carried = text.isEmpty() ? CallSignature.find(signature) : null;
        if (carried != null) {
            signatures.put(carried.callId(), carried.signature());
        } else {
            to.add(new Part.Thinking(text, signature));
        }
    }

    /// Whether it was the model itself that called, which goes without saying.
    private static boolean isDirect(RequestValue call) throws InvalidRequestException {
        RequestValue caller = call.find("caller");
        return caller != null && "direct".equals(caller.findString("type"));
    }

    private Part call(RequestValue block) throws InvalidRequestException {
        ignore(block, isDirect(block) ? DIRECT_CALL : CALL);
        RequestValue input = block.find("input");
        String arguments = "{}";
        if (input != null) {
            RequestValue invalid = input.find(INVALID_JSON);
            boolean sole = input.fields().size() == 1;
            arguments =
                    sole && invalid != null && invalid.isString() ? invalid.string() : input.raw();
        }
        return new Part.ToolCall(block.needString("id"), block.needString("name"), arguments);
    }

    private Part result(RequestValue block) throws InvalidRequestException {
        ignore(block, RESULT);
        RequestValue failed = block.find("is_error");
        return new Part.ToolResult(
                block.needString("tool_use_id"),
                content(block.find("content")),
                failed != null && failed.truth());
    }
}
