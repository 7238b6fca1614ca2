package hal0.relay.key;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.relay.error.RelayException;
import hal0.relay.error.RelayException.Field;
import hal0.relay.guard.Allowance;
import hal0.relay.guard.Scope;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keys as JSON, both ways.
///
/// **Shape** `{"id","name","hint","scope","models","rpm","tpm","budget_usd","launch","spent_usd",
/// "created_at","last_used_at","revoked_at"}`, and `key` in the one answer that tells it. No limit
/// is `null`.
public final class KeyJson {
    private static final ObjectMapper MAPPER =
            new ObjectMapper()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Set<String> LIMITS = Set.of("scope", "models", "rpm", "tpm", "budget_usd");

    private KeyJson() {}

    /// The object that a body is.
    ///
    /// **Errors** [RelayException] 400 with line and column.
    public static JsonNode object(byte[] body) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw RelayException.of(
                    400,
                    "request.invalid",
                    "the body is not JSON (line %d, column %d)"
                            .formatted(
                                    at == null ? 1 : at.getLineNr(),
                                    at == null ? 1 : at.getColumnNr()));
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail to be read", e);
        }
        if (!tree.isObject()) {
            throw RelayException.of(400, "request.invalid", "the body is not a JSON object");
        }
        return tree;
    }

    /// A key to be made; what is wrong with its types goes to `faults`.
    public static KeyControl.Wish wish(JsonNode body, List<Field> faults) {
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!LIMITS.contains(name) && !name.equals("name") && !name.equals("launch")) {
                faults.add(new Field(shown(name), "there is no such field"));
            }
        }
        JsonNode name = body.path("name");
        if (!name.isTextual()) {
            faults.add(new Field("name", "a key needs a name, as text"));
        }
        JsonNode launch = body.path("launch");
        if (!launch.isMissingNode() && !launch.isBoolean()) {
            faults.add(new Field("launch", "this is true or false"));
        }
        return new KeyControl.Wish(
                name.asText(""),
                scope(body, Scope.CLIENT, faults),
                allowance(body, Allowance.ALL, faults),
                launch.asBoolean(false));
    }

    /// The key as a body changes it: what the body does not name stays, `null` is no limit.
    public static KeyControl.Wish changed(JsonNode body, KeyInfo old, List<Field> faults) {
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!LIMITS.contains(name)) {
                faults.add(
                        new Field(
                                shown(name),
                                "this cannot be changed; scope, models, rpm, tpm and budget_usd can"));
            }
        }
        return new KeyControl.Wish(
                old.name(),
                scope(body, old.scope(), faults),
                allowance(body, old.allowance(), faults),
                old.launch());
    }

    /// A name may be a key that was put into the wrong place.
    private static String shown(String name) {
        return name.matches("[a-z_]{1,32}") ? name : "?";
    }

    private static Scope scope(JsonNode body, Scope usual, List<Field> faults) {
        JsonNode scope = body.path("scope");
        if (scope.isMissingNode()) {
            return usual;
        }
        return Scope.find(scope.asText())
                .orElseGet(() -> {
                    faults.add(new Field("scope", "a scope is client, agent or admin"));
                    return usual;
                });
    }

    private static Allowance allowance(JsonNode body, Allowance usual, List<Field> faults) {
        return new Allowance(
                models(body, usual.models(), faults),
                whole(body, "rpm", usual.rpm(), faults),
                whole(body, "tpm", usual.tpm(), faults),
                money(body, usual.budgetUsd(), faults));
    }

    private static List<String> models(JsonNode body, List<String> usual, List<Field> faults) {
        JsonNode models = body.path("models");
        if (models.isMissingNode()) {
            return usual;
        }
        List<String> patterns = new ArrayList<>();
        if (models.isArray()) {
            for (JsonNode pattern : models) {
                if (!pattern.isTextual()) {
                    faults.add(
                            new Field("models[%d]".formatted(patterns.size()), "this is no text"));
                }
                patterns.add(pattern.asText());
            }
        } else if (!models.isNull()) {
            faults.add(new Field("models", "this is a list of names, such as [\"claude-*\"]"));
        }
        return patterns;
    }

    private static @Nullable Long whole(
            JsonNode body, String name, @Nullable Long usual, List<Field> faults) {
        JsonNode value = body.path(name);
        if (value.isMissingNode()) {
            return usual;
        }
        if (value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            faults.add(new Field(name, "this is a whole number"));
            return null;
        }
        return value.longValue();
    }

    private static @Nullable BigDecimal money(
            JsonNode body, @Nullable BigDecimal usual, List<Field> faults) {
        JsonNode value = body.path("budget_usd");
        if (value.isMissingNode()) {
            return usual;
        }
        if (value.isNull()) {
            return null;
        }
        if (!value.isNumber()) {
            faults.add(new Field("budget_usd", "this is a number, in USD"));
            return null;
        }
        return value.decimalValue();
    }

    /// Writes what may be shown, and `secret` only where the key was just made.
    public static void write(JsonGenerator json, KeyInfo key, @Nullable String secret)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("id", key.id());
        json.writeStringField("name", key.name());
        if (secret != null) {
            json.writeStringField("key", secret);
        }
        json.writeStringField("hint", key.hint());
        limits(json, key.scope(), key.allowance());
        json.writeBooleanField("launch", key.launch());
        number(json, "spent_usd", key.spentUsd());
        json.writeStringField("created_at", key.createdAt().toString());
        instant(json, "last_used_at", key.lastUsedAt());
        instant(json, "revoked_at", key.revokedAt());
        json.writeEndObject();
    }

    /// Writes a key to be made, as [#wish] reads it.
    static void write(JsonGenerator json, KeyControl.Wish wish) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", wish.name());
        limits(json, wish.scope(), wish.allowance());
        json.writeBooleanField("launch", wish.launch());
        json.writeEndObject();
    }

    /// Writes what can be changed, whole.
    static void limits(JsonGenerator json, Scope scope, Allowance allowance) throws IOException {
        json.writeStringField("scope", scope.word());
        json.writeArrayFieldStart("models");
        for (String pattern : allowance.models()) {
            json.writeString(pattern);
        }
        json.writeEndArray();
        number(json, "rpm", allowance.rpm());
        number(json, "tpm", allowance.tpm());
        number(json, "budget_usd", allowance.budgetUsd());
    }

    private static void number(JsonGenerator json, String name, @Nullable Long value)
            throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }

    /// Some readers of JSON know no exponents.
    private static void number(JsonGenerator json, String name, @Nullable BigDecimal value)
            throws IOException {
        json.writeFieldName(name);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeNumber(value.toPlainString());
        }
    }

    private static void instant(JsonGenerator json, String name, @Nullable Instant value)
            throws IOException {
        json.writeStringField(name, value == null ? null : value.toString());
    }

    /// A key as another process's relay tells of it.
    ///
    /// **Errors** [java.time.DateTimeException] for what no relay of ours says.
    static KeyInfo info(JsonNode key) {
        List<Field> faults = new ArrayList<>();
        return new KeyInfo(
                key.path("id").asText(),
                key.path("name").asText(),
                key.path("hint").asText(),
                scope(key, Scope.CLIENT, faults),
                allowance(key, Allowance.ALL, faults),
                key.path("launch").asBoolean(),
                key.hasNonNull("spent_usd") ? key.path("spent_usd").decimalValue() : null,
                Instant.parse(key.path("created_at").asText()),
                instant(key, "last_used_at"),
                instant(key, "revoked_at"));
    }

    private static @Nullable Instant instant(JsonNode key, String name) {
        return key.hasNonNull(name) ? Instant.parse(key.path(name).asText()) : null;
    }
}
