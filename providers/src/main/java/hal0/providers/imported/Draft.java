package hal0.providers.imported;

import hal0.providers.Provider;
import hal0.providers.message.Protocol;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A provider while it is read. What is null is left out.
///
/// **Threads** one.
final class Draft {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final Map<String, String> query = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> models = new LinkedHashMap<>();

    Draft set(String key, @Nullable Object value) {
        if (value != null && !value.equals(List.of())) {
            settings.put(key, value);
        }
        return this;
    }

    void query(Map<String, String> more) {
        query.putAll(more);
    }

    void header(String name, String value) {
        headers.put(name, value);
    }

    /// A model of that id; what is known of it from elsewhere stays where this says nothing.
    void model(String id, Map<String, Object> known) {
        models.computeIfAbsent(
                        id,
                        _ -> {
                            Map<String, Object> model = new LinkedHashMap<>();
                            model.put("id", id);
                            return model;
                        })
                .putAll(known);
    }

    /// Says what the preset of another id would have said.
    void completeFrom(Provider preset) {
        settings.putIfAbsent("base_url", preset.baseUrl().toString());
        if (preset.protocol() != Protocol.OPENAI) {
            settings.putIfAbsent("compatibility", preset.protocol().key());
        }
        if (!preset.keyNames().isEmpty()) {
            settings.putIfAbsent("api_key_env", preset.keyNames().getFirst());
        }
    }

    /// Whether both are reached in the same way.
    boolean sameConnection(Draft other) {
        return settings.equals(other.settings)
                && query.equals(other.query)
                && headers.equals(other.headers);
    }

    /// **Shape** `usualKeys` are the variables that hold its key where it names none.
    ImportedProvider as(String id, List<String> usualKeys) {
        Set<String> variables = new HashSet<>();
        switch (settings.get("api_key_env")) {
            case null -> variables.addAll(usualKeys);
            case List<?> names -> names.forEach(name -> variables.add(String.valueOf(name)));
            case Object name -> variables.add(String.valueOf(name));
        }
        for (String value : headers.values()) {
            VARIABLE.matcher(value).results().forEach(found -> variables.add(found.group(1)));
        }
        return new ImportedProvider(
                id, settings, query, headers, new ArrayList<>(models.values()), variables);
    }
}
