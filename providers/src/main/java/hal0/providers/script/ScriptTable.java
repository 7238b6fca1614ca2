package hal0.providers.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.home.config.Nearest;
import hal0.providers.message.Protocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a script returned, checked.
///
/// **Shape** `baseUrl` may be empty, when the script takes it from the declaration and nobody
/// declared one; paths begin with a slash; `authKey` is empty when the script names none; `hooks`
/// are those that are known; `warnings` are about what has no effect.
public record ScriptTable(
        @Nullable String name,
        Protocol protocol,
        String baseUrl,
        String chat,
        String models,
        String health,
        AuthType authType,
        String authKey,
        Map<String, String> headers,
        Set<String> hooks,
        List<String> warnings) {
    static final Set<String> HOOKS =
            Set.of("parse_models", "on_request", "on_response", "health_check");

    private static final Map<String, Protocol> PROTOCOLS =
            Map.of(
                    "openai_compat", Protocol.OPENAI,
                    "anthropic", Protocol.ANTHROPIC,
                    "openai_responses", Protocol.RESPONSES,
                    "gemini", Protocol.GEMINI);
    private static final Map<String, AuthType> AUTH_TYPES =
            Map.of(
                    "none", AuthType.NONE,
                    "bearer", AuthType.BEARER,
                    "x-api-key", AuthType.X_API_KEY);
    private static final List<String> FIELDS =
            List.of(
                    "name",
                    "protocol",
                    "base_url",
                    "completions_endpoint",
                    "models_endpoint",
                    "health_endpoint",
                    "auth_type",
                    "auth_key",
                    "headers");
    private static final ObjectMapper JSON = new ObjectMapper();

    /// How a script says that the key is sent.
    public enum AuthType {
        NONE,
        BEARER,
        X_API_KEY
    }

    public ScriptTable {
        headers = Map.copyOf(headers);
        hooks = Set.copyOf(hooks);
        warnings = List.copyOf(warnings);
    }

    /// Neither key nor headers, which may be secrets.
    @Override
    public String toString() {
        return "%s at %s".formatted(protocol.shortName(), baseUrl);
    }

    boolean has(String hook) {
        return hooks.contains(hook);
    }

    /// Reads what the script's process told.
    ///
    /// **Errors** [ScriptException] with all that is wrong, a line each.
    static ScriptTable read(String shown, byte[] loaded) {
        JsonNode told;
        try {
            told = JSON.readTree(loaded);
        } catch (IOException e) {
            throw new ScriptException(shown + ": what it returned cannot be read", e);
        }
        return new Reader(shown, told.path("fields")).read(told.path("hooks"));
    }

    private static final class Reader {
        private final String shown;
        private final JsonNode fields;
        private final List<String> problems = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();

        Reader(String shown, JsonNode fields) {
            this.shown = shown;
            this.fields = fields;
        }

        ScriptTable read(JsonNode functions) {
            Protocol protocol = choice("protocol", null, PROTOCOLS, Protocol.OPENAI);
            String baseUrl = required("base_url", "http://localhost:8080", true);
            String chat = path("completions_endpoint", null);
            String models = path("models_endpoint", "/v1/models");
            String health = path("health_endpoint", "/");
            AuthType auth = choice("auth_type", "none", AUTH_TYPES, AuthType.NONE);
            ScriptTable table =
                    new ScriptTable(
                            text("name", null),
                            protocol,
                            baseUrl.strip(),
                            chat,
                            models,
                            health,
                            auth,
                            String.valueOf(text("auth_key", "")),
                            headers(),
                            hooks(functions),
                            warnings);
            unknown();
            if (!problems.isEmpty()) {
                throw new ScriptException(String.join("\n", problems));
            }
            return new ScriptTable(
                    table.name,
                    table.protocol,
                    table.baseUrl,
                    table.chat,
                    table.models,
                    table.health,
                    table.authType,
                    table.authKey,
                    table.headers,
                    table.hooks,
                    warnings);
        }

        private void problem(String field, String what) {
            problems.add("%s: %s: %s".formatted(shown, field, what));
        }

        private @Nullable String text(String field, @Nullable String otherwise) {
            JsonNode value = fields.path(field);
            if (value.isMissingNode() || value.isNull()) {
                return otherwise;
            }
            if (!value.isValueNode() || value.isBoolean()) {
                problem(field, "it is not a text");
                return otherwise;
            }
            return value.asText();
        }

        private String required(String field, String example, boolean mayBeEmpty) {
            String value = text(field, null);
            if (value == null || (value.isBlank() && !mayBeEmpty)) {
                problem(field, "it is missing; write %s = \"%s\"".formatted(field, example));
                return "";
            }
            return value;
        }

        private String path(String field, @Nullable String otherwise) {
            String value =
                    otherwise == null
                            ? required(field, "/v1/chat/completions", false)
                            : String.valueOf(text(field, otherwise));
            if (!value.isEmpty() && !value.startsWith("/")) {
                problem(field, "\"%s\" does not begin with a slash".formatted(value));
            }
            return value;
        }

        private <T> T choice(
                String field, @Nullable String usual, Map<String, T> words, T instead) {
            String word = text(field, usual);
            T found = word == null ? null : words.get(word);
            if (found != null) {
                return found;
            }
            Set<String> known = new TreeSet<>(words.keySet());
            if (word == null) {
                problem(field, "it is missing; it is one of " + String.join(", ", known));
            } else {
                problem(
                        field,
                        "\"%s\" is not one of %s%s"
                                .formatted(
                                        word, String.join(", ", known), Nearest.hint(word, known)));
            }
            return instead;
        }

        private Map<String, String> headers() {
            Map<String, String> headers = new LinkedHashMap<>();
            fields.path("headers")
                    .properties()
                    .forEach(entry -> {
                        String value = HookJson.headerValue(entry.getKey(), entry.getValue());
                        if (value == null) {
                            problem(
                                    "headers",
                                    "%s cannot be sent as a header".formatted(entry.getKey()));
                        } else {
                            headers.put(entry.getKey(), value);
                        }
                    });
            return headers;
        }

        private Set<String> hooks(JsonNode functions) {
            Set<String> hooks = new TreeSet<>();
            for (JsonNode function : functions) {
                String name = function.asText();
                String nearest = HOOKS.contains(name) ? null : Nearest.to(name, List.copyOf(HOOKS));
                if (HOOKS.contains(name)) {
                    hooks.add(name);
                } else if (nearest != null) {
                    warnings.add(
                            "%s: %s: nobody calls it (did you mean \"%s\"?)"
                                    .formatted(shown, name, nearest));
                }
            }
            return hooks;
        }

        /// A script may keep what it likes in its table; what is nearly a known name is a slip.
        private void unknown() {
            fields.fieldNames()
                    .forEachRemaining(field -> {
                        String nearest = FIELDS.contains(field) ? null : Nearest.to(field, FIELDS);
                        if (nearest != null) {
                            warnings.add(
                                    "%s: %s: it has no effect (did you mean \"%s\"?)"
                                            .formatted(shown, field, nearest));
                        }
                    });
        }
    }
}
