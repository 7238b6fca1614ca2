package hal0.providers.gemini;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.CallArguments;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.Json;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One part of a content as a client sent it: which kind it is shows in the fields it has.
///
/// **Source** types.Part in @google/genai 2.32.0, read 2026-11-21.
final class ReadPart {
    /// What the documentation offers instead of a signature: both say that there is none.
    private static final Set<String> NO_SIGNATURE =
            Set.of(PartWriter.UNSIGNED, "context_engineering_is_the_way_to_go");

    private static final String RESOLUTION = "MEDIA_RESOLUTION_";

    /// A call of a function; `id` null where the API gave none.
    record Call(@Nullable String id, String name, String arguments) {}

    /// What a function answered.
    record Result(@Nullable String id, @Nullable String name, List<Part> content, boolean failed) {}

    private final String place;
    private @Nullable String text;
    private boolean thought;
    private @Nullable String signature;
    private @Nullable ReadMedia media;
    private @Nullable String detail;
    private @Nullable Call call;
    private @Nullable Result result;

    /// Kinds and fields that no other protocol knows.
    private final Map<String, String> others = new LinkedHashMap<>();

    private ReadPart(String place) {
        this.place = place;
    }

    /// The part at hand.
    static ReadPart read(RequestFields fields, String place)
            throws IOException, InvalidRequestException {
        ReadPart part = new ReadPart(place);
        if (fields.isText()) {
            part.text = fields.text(place);
            return part;
        }
        fields.object(place, (name, at) -> part.field(fields, name, at));
        boolean says =
                part.text != null
                        || part.signature != null
                        || part.media != null
                        || part.call != null
                        || part.result != null
                        || !part.others.isEmpty();
        if (!says) {
            throw fields.expected(
                    place, "one of text, inlineData, fileData, functionCall and functionResponse");
        }
        return part;
    }

    private void field(RequestFields fields, String name, String at)
            throws IOException, InvalidRequestException {
        switch (name) {
            case "text" -> text = fields.text(at);
            case "thought" -> thought = fields.flag(at);
            case "thoughtSignature" -> signature = fields.text(at);
            case "inlineData" -> media = ReadMedia.inline(fields, at);
            case "fileData" -> media = ReadMedia.file(fields, at);
            case "functionCall" -> call = call(fields, at);
            case "functionResponse" -> result = result(fields, at);
            case "mediaResolution" ->
                    fields.object(
                            at,
                            (inner, where) -> {
                                if (inner.equals("level")) {
                                    detail = detail(fields.text(where));
                                } else {
                                    fields.ignore(where);
                                }
                            });
            // Notes of the caller to itself.
            case "partMetadata" -> fields.ignore(at);
            default -> others.put(name, fields.raw());
        }
    }

    private static @Nullable String detail(String level) {
        boolean named = level.startsWith(RESOLUTION) && !level.endsWith("UNSPECIFIED");
        return named ? level.substring(RESOLUTION.length()).toLowerCase(Locale.ROOT) : null;
    }

    private static Call call(RequestFields fields, String place)
            throws IOException, InvalidRequestException {
        String[] read = {null, null, "{}"};
        fields.object(
                place,
                (name, at) -> {
                    switch (name) {
                        case "id" -> read[0] = fields.text(at);
                        case "name" -> read[1] = fields.text(at);
                        case "args" -> read[2] = CallArguments.read(fields.rawObject(at));
                        default -> fields.ignore(at);
                    }
                });
        if (read[1] == null || read[1].isEmpty()) {
            throw fields.expected(place + ".name", "the name of the function");
        }
        boolean named = read[0] != null && !read[0].isEmpty();
        return new Call(named ? read[0] : null, read[1], read[2]);
    }

    private static Result result(RequestFields fields, String place)
            throws IOException, InvalidRequestException {
        String[] read = {null, null, "{}"};
        List<Part> media = new ArrayList<>();
        fields.object(
                place,
                (name, at) -> {
                    switch (name) {
                        case "id" -> read[0] = fields.text(at);
                        case "name" -> read[1] = fields.text(at);
                        case "response" -> read[2] = fields.rawObject(at);
                        case "parts" ->
                                fields.list(
                                        at,
                                        one ->
                                                fields.object(
                                                        one,
                                                        (inner, where) ->
                                                                medium(
                                                                        fields, inner, where,
                                                                        media)));
                        default -> fields.ignore(at);
                    }
                });
        ResponseText said = ResponseText.of(read[2]);
        List<Part> content = new ArrayList<>();
        if (!said.text().isEmpty()) {
            content.add(new Part.Text(said.text()));
        }
        content.addAll(media);
        boolean named = read[0] != null && !read[0].isEmpty();
        return new Result(named ? read[0] : null, read[1], content, said.failed());
    }

    private static void medium(RequestFields fields, String name, String place, List<Part> to)
            throws IOException, InvalidRequestException {
        ReadMedia read =
                switch (name) {
                    case "inlineData" -> ReadMedia.inline(fields, place);
                    case "fileData" -> ReadMedia.file(fields, place);
                    default -> null;
                };
        Part part = read == null ? null : read.neutral(null);
        if (part != null) {
            to.add(part);
        } else {
            fields.ignore(place);
        }
    }

    String place() {
        return place;
    }

    boolean isThought() {
        return thought;
    }

    @Nullable Call call() {
        return call;
    }

    @Nullable Result result() {
        return result;
    }

    /// The signature of a call, unless it says that there is none.
    @Nullable String callSignature() {
        return signature == null || signature.isEmpty() || NO_SIGNATURE.contains(signature)
                ? null
                : signature;
    }

    /// The part, when it is neither a call nor a result, in neutral words.
    List<Part> neutral(Role role) {
        List<Part> parts = new ArrayList<>();
        boolean signed = signature != null && !signature.isEmpty();
        Part shown = media == null ? null : media.neutral(detail);
        if (!others.isEmpty() || (media != null && (shown == null || signed))) {
            parts.add(new Part.Opaque(Protocol.GEMINI, json()));
            return parts;
        }
        if (shown != null) {
            parts.add(shown);
        } else if (thought && role == Role.ASSISTANT) {
            parts.add(new Part.Thinking(text == null ? "" : text, signed ? signature : null));
        } else {
            if (text != null && !text.isEmpty()) {
                parts.add(new Part.Text(text));
            }
            if (signed) {
                parts.add(new Part.Thinking("", signature));
            }
        }
        return parts;
    }

    private String json() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(bytes)) {
            json.writeStartObject();
            if (text != null) {
                json.writeStringField("text", text);
            }
            if (media != null) {
                media.write(json);
            }
            if (thought) {
                json.writeBooleanField("thought", true);
            }
            for (Map.Entry<String, String> other : others.entrySet()) {
                json.writeFieldName(other.getKey());
                Json.writeRaw(json, other.getValue());
            }
            PartJson.signature(json, signature);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
