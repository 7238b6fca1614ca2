package hal0.relay.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.home.config.Nearest;
import hal0.relay.error.RelayException;
import hal0.relay.guard.BodyLimit;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The JSON object that a request sends, checked against the fields that its route takes.
///
/// **Errors** [RelayException]: 400 with line and column for what is not JSON, 422 with everything
/// that is wrong with the fields; no value that was sent is ever repeated. **Threads** one.
public final class JsonBody {
    private static final BodyLimit LIMIT = new BodyLimit(1024 * 1024);

    /// What looks like a name, and not like a key that was put into the wrong place.
    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z_]{0,31}");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern LIKE_A_KEY =
            Pattern.compile("(api_?|auth_?)?(key|token|secret|password|value|credentials?)");

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build();

    private final JsonNode object;

    private JsonBody(JsonNode object) {
        this.object = object;
    }

    static JsonBody of(Exchange exchange, List<Field> fields) {
        return of(exchange.body(LIMIT), fields);
    }

    /// The same of what was sent otherwise.
    public static JsonBody of(byte[] bytes, List<Field> fields) {
        JsonNode tree = parsed(bytes);
        List<RelayException.Field> problems = new ArrayList<>();
        if (tree instanceof ObjectNode object) {
            check("", object, fields, problems);
            if (problems.isEmpty()) {
                wholeTexts("", object, problems);
            }
        } else {
            problems.add(new RelayException.Field("", "the body is a JSON object"));
        }
        if (!problems.isEmpty()) {
            throw RelayException.invalid(problems);
        }
        return new JsonBody(tree);
    }

    private static JsonNode parsed(byte[] bytes) {
        try (JsonParser parser = MAPPER.createParser(bytes)) {
            JsonNode tree = MAPPER.readTree(parser);
            if (tree == null || tree.isMissingNode()) {
                throw RelayException.of(
                        400, "request.invalid", "the body is empty; send a JSON object");
            }
            return tree;
        } catch (JsonProcessingException e) {
            // Its own message may repeat what was sent.
            throw malformed(e.getLocation());
        } catch (IOException e) {
            // Memory does not fail to be read.
            throw new UncheckedIOException(e);
        }
    }

    private static RelayException malformed(@Nullable JsonLocation at) {
        String place =
                at == null
                        ? ""
                        : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
        return RelayException.of(400, "request.invalid", "the body is not JSON" + place);
    }

    /// JSON can write half of a character, which no file and no database can.
    private static void wholeTexts(
            String loc, JsonNode value, List<RelayException.Field> problems) {
        if (value.isTextual() && !isWhole(value.asText())) {
            problems.add(new RelayException.Field(loc, "it holds half of a character"));
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            wholeTexts(loc + "[" + i + "]", value.path(i), problems);
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            String name = FIELD.matcher(member.getKey()).matches() ? member.getKey() : "?";
            String inner = loc.isEmpty() ? name : loc + "." + name;
            if (isWhole(member.getKey())) {
                wholeTexts(inner, member.getValue(), problems);
            } else {
                problems.add(new RelayException.Field(inner, "its name holds half of a character"));
            }
        }
    }

    private static boolean isWhole(String text) {
        return UTF_8.newEncoder().canEncode(text);
    }

    private static void check(
            String path,
            ObjectNode object,
            List<Field> fields,
            List<RelayException.Field> problems) {
        List<String> known = fields.stream().map(Field::name).toList();
        object.fieldNames()
                .forEachRemaining(name -> {
                    if (!known.contains(name)) {
                        problems.add(unknown(path, name, known));
                    }
                });
        for (Field field : fields) {
            JsonNode value = object.get(field.name());
            String loc = path + field.name();
            if (value == null) {
                if (field.required()) {
                    problems.add(
                            new RelayException.Field(
                                    loc, "it is missing: " + field.kind().words()));
                }
            } else {
                check(loc, value, field, problems);
            }
        }
    }

    private static RelayException.Field unknown(String path, String name, List<String> known) {
        // A name may be a key that was put into the wrong place.
        String shown = FIELD.matcher(name).matches() ? name : "?";
        // Where a provider is declared, and only there, somebody may mean to send its key along.
        if (known.contains("auth_value_env")
                && LIKE_A_KEY.matcher(shown.toLowerCase(Locale.ROOT)).matches()) {
            return new RelayException.Field(
                    path + shown,
                    "keys are not sent here: name the variable in auth_value_env, and send its value"
                            + " to POST /api/providers/NAME/credentials");
        }
        return new RelayException.Field(
                path + shown,
                known.isEmpty()
                        ? "there is no such field; there are none"
                        : "there is no such field%s; there are %s"
                                .formatted(Nearest.hint(shown, known), String.join(", ", known)));
    }

    private static void check(
            String loc, JsonNode value, Field field, List<RelayException.Field> problems) {
        if (value.isNull() && field.clearable()) {
            return;
        }
        if (!is(value, field.kind())) {
            problems.add(new RelayException.Field(loc, "it has to be " + field.kind().words()));
        } else if (!field.words().isEmpty() && !field.words().contains(value.asText())) {
            problems.add(
                    new RelayException.Field(
                            loc, "it is one of " + String.join(", ", field.words())));
        } else if (field.kind() == Field.Kind.OBJECT && value instanceof ObjectNode inner) {
            check(loc + ".", inner, field.inner(), problems);
        }
    }

    private static boolean is(JsonNode value, Field.Kind kind) {
        return switch (kind) {
            case TEXT -> value.isTextual();
            case FLAG -> value.isBoolean();
            case WHOLE -> value.isIntegralNumber() && value.canConvertToLong();
            case NUMBER -> value.isNumber() && value.asDouble() >= 0;
            case TEXTS -> value.isTextual() || (value.isArray() && all(value, JsonNode::isTextual));
            case STRINGS -> value.isArray() && all(value, JsonNode::isTextual);
            case OBJECT -> value.isObject();
            case LIST -> value.isArray();
            case ANY -> true;
        };
    }

    private static boolean all(JsonNode list, Predicate<JsonNode> test) {
        for (JsonNode item : list) {
            if (!test.test(item)) {
                return false;
            }
        }
        return true;
    }

    /// Empty where the field was not sent.
    public String text(String name) {
        return object.path(name).asText("");
    }

    public boolean flag(String name) {
        return object.path(name).asBoolean(false);
    }

    /// What an object of free names holds, each a text, flag, number, list of texts, or null.
    ///
    /// **Errors** [RelayException] for what is none of those, and for an empty object.
    public Map<String, @Nullable Object> flat(String name) {
        JsonNode held = object.path(name);
        List<RelayException.Field> problems = new ArrayList<>();
        if (!held.isObject() || held.isEmpty()) {
            problems.add(new RelayException.Field(name, "it has to be an object with values"));
        }
        held.fieldNames()
                .forEachRemaining(key -> {
                    JsonNode value = held.path(key);
                    boolean plain = value.isArray() && all(value, JsonNode::isTextual);
                    if (!value.isValueNode() && !plain) {
                        problems.add(
                                new RelayException.Field(
                                        name + "." + (NAME.matcher(key).matches() ? key : "?"),
                                        "it has to be a text, a number, true, false, null or a list of texts"));
                    }
                });
        if (!problems.isEmpty()) {
            throw RelayException.invalid(problems);
        }
        return new JsonBody(held).values();
    }

    /// This without that field.
    public JsonBody without(String name) {
        return object instanceof ObjectNode fields
                ? new JsonBody(fields.deepCopy().without(name))
                : this;
    }

    /// The fields that were sent, as they are to be written: text, boolean, number, list or map;
    /// null where a value is to be taken away.
    public Map<String, @Nullable Object> values() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        object.fieldNames().forEachRemaining(name -> values.put(name, value(object.get(name))));
        return values;
    }

    private static @Nullable Object value(@Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (node.isBoolean()) {
            return node.asBoolean();
        }
        if (node.isIntegralNumber()) {
            return node.asLong();
        }
        if (node.isNumber()) {
            return node.asDouble();
        }
        if (node.isArray()) {
            List<Object> items = new ArrayList<>();
            node.forEach(item -> items.add(item.asText()));
            return items;
        }
        if (node instanceof ObjectNode inner) {
            return new JsonBody(inner).values();
        }
        return node.asText();
    }
}
