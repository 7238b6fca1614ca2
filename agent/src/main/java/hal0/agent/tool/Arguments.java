package hal0.agent.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.home.config.Nearest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The arguments of a call, by name.
///
/// **Shape** null counts as absent, and a number or a boolean in quotes as what it says: models
/// write both. A name that the tool does not know is refused, as leaving it out would do something
/// else than was meant. **Errors** [ToolException].
public final class Arguments {
    private final JsonNode given;
    private final String of;

    private Arguments(JsonNode given, String of) {
        this.given = given;
        this.of = of;
    }

    public static Arguments of(ObjectNode given, String... names) {
        return of(given, "", names);
    }

    private static Arguments of(ObjectNode given, String of, String... names) {
        List<String> known = List.of(names);
        given.fieldNames().forEachRemaining(name -> demandKnown(name, known, of));
        return new Arguments(given, of);
    }

    private static void demandKnown(String name, List<String> known, String of) {
        if (!known.contains(name)) {
            throw new ToolException(
                    "there is no argument \"%s%s\"%s; the arguments are %s"
                            .formatted(
                                    of, name, Nearest.hint(name, known), String.join(", ", known)));
        }
    }

    /// An argument that must be there.
    public String text(String name) {
        String text = textOrNull(name);
        if (text == null) {
            throw new ToolException("\"%s%s\" is missing: give it".formatted(of, name));
        }
        return text;
    }

    public @Nullable String textOrNull(String name) {
        JsonNode value = value(name);
        if (value == null || value.isTextual()) {
            return value == null ? null : value.textValue();
        }
        throw wrong(name, "a string");
    }

    /// A whole number from `least` to `most`, `usual` where none is given.
    public int number(String name, int usual, int least, int most) {
        JsonNode value = value(name);
        if (value == null) {
            return usual;
        }
        long number = whole(name, value);
        if (number < least || number > most) {
            throw new ToolException(
                    "\"%s%s\" is %d; it goes from %d to %d"
                            .formatted(of, name, number, least, most));
        }
        return (int) number;
    }

    private long whole(String name, JsonNode value) {
        if (value.isNumber() && value.canConvertToExactIntegral() && value.canConvertToLong()) {
            return value.longValue();
        }
        try {
            return Long.parseLong(value.isTextual() ? value.textValue().strip() : "");
        } catch (NumberFormatException e) {
            throw new ToolException("\"%s%s\" must be a whole number".formatted(of, name), e);
        }
    }

    /// False where none is given.
    public boolean flag(String name) {
        JsonNode value = value(name);
        if (value == null || value.isBoolean()) {
            return value != null && value.booleanValue();
        }
        return switch (value.asText()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, "true or false");
        };
    }

    /// A list of strings; empty where none is given. One string alone is a list of it.
    public List<String> texts(String name) {
        JsonNode value = value(name);
        if (value == null || value.isTextual()) {
            return value == null ? List.of() : List.of(value.textValue());
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode each : value) {
            texts.add(each.asText());
        }
        if (!value.isArray() || value.valueStream().anyMatch(each -> !each.isTextual())) {
            throw wrong(name, "a list of strings");
        }
        return texts;
    }

    /// A list of objects with arguments of their own; empty where none is given.
    public List<Arguments> objects(String name, String... names) {
        JsonNode value = value(name);
        List<Arguments> objects = new ArrayList<>();
        if (value != null && !value.isArray()) {
            throw wrong(name, "a list");
        }
        for (int i = 0; value != null && i < value.size(); i++) {
            String of = "%s[%d].".formatted(name, i);
            if (!(value.get(i) instanceof ObjectNode object)) {
                throw wrong(name, "a list of objects");
            }
            objects.add(of(object, of, names));
        }
        return objects;
    }

    private @Nullable JsonNode value(String name) {
        JsonNode value = given.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private ToolException wrong(String name, String wanted) {
        return new ToolException("\"%s%s\" must be %s".formatted(of, name, wanted));
    }
}
