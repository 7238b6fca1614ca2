package hal0.relay.api;

import hal0.home.memory.Note;
import hal0.home.memory.Revision;
import hal0.relay.error.RelayException;
import hal0.relay.route.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The fields of notes, as they are sent and answered.
final class MemoryBody {
    static final Field[] ROW = {
        Field.whole("id", "Counts up."),
        Field.text("bank", "Where it is kept."),
        Field.text("text", "What is remembered."),
        Field.texts("tags", "Words for it."),
        Field.any("metadata", "An object of texts."),
        Field.text("source", "Who wanted it remembered."),
        Field.text("created_at", "When it was first told, as ISO 8601."),
        Field.text("told_at", "When it was last told."),
        Field.text("used_at", "When a search last found it for an agent; absent for never."),
        Field.whole("uses", "How often that was."),
        Field.number("score", "How well it fits what was looked for; absent in a list.")
    };

    static final List<Field> CHANGE =
            List.of(
                    Field.text("text", "At most 16384 characters."),
                    Field.texts("tags", "At most 32 short words."),
                    Field.any("metadata", "An object of texts."),
                    Field.text("bank", "Lower-case letters, digits, -, _ and ."));

    static final List<Field> NEW = newFields();
    static final List<Field> TOLD = withKnown();

    private MemoryBody() {}

    private static List<Field> newFields() {
        List<Field> fields = new ArrayList<>(CHANGE);
        fields.set(0, CHANGE.getFirst().must());
        fields.add(Field.text("source", "Who wants it remembered; the key's name by default."));
        return fields;
    }

    private static List<Field> withKnown() {
        List<Field> fields = new ArrayList<>(List.of(ROW));
        fields.add(Field.flag("known", "Whether it was remembered already."));
        return fields;
    }

    /// A note as it was sent.
    ///
    /// **Errors** [RelayException] for what is none.
    static Note note(JsonBody body, String sender) {
        return checked(() -> {
            Revision sent = revision(body);
            String source = body.text("source");
            return new Note(
                    Objects.requireNonNullElse(sent.bank(), Note.USUAL_BANK),
                    Objects.requireNonNullElse(sent.text(), ""),
                    Objects.requireNonNullElse(sent.tags(), List.of()),
                    Objects.requireNonNullElse(sent.metadata(), Map.of()),
                    source.isBlank() ? sender : source);
        });
    }

    static Revision revision(JsonBody body) {
        Map<String, @Nullable Object> sent = body.values();
        return new Revision(
                sent.get("text") instanceof String text ? text : null,
                tags(sent.get("tags")),
                sent.containsKey("metadata") ? metadata(sent.get("metadata")) : null,
                sent.get("bank") instanceof String bank ? bank : null);
    }

    private static @Nullable List<String> tags(@Nullable Object sent) {
        return switch (sent) {
            case null -> null;
            case List<?> list -> list.stream().map(String::valueOf).toList();
            default -> List.of(sent.toString());
        };
    }

    private static Map<String, String> metadata(@Nullable Object sent) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (!(sent instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("metadata is an object of texts");
        }
        map.forEach((key, value) -> {
            if (value == null || value instanceof Map<?, ?> || value instanceof List<?>) {
                throw new IllegalArgumentException("metadata is an object of texts");
            }
            texts.put(String.valueOf(key), value.toString());
        });
        return texts;
    }

    /// What is wrong with a note is wrong with the request.
    static <T> T checked(Supplier<T> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException e) {
            throw RelayException.invalid(
                    List.of(new RelayException.Field("", String.valueOf(e.getMessage()))));
        }
    }
}
