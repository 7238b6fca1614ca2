package hal0.providers.imported;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A `[providers.ID]` to be.
///
/// **Shape** keys and values as `config.toml` has them, in the order in which they are written;
/// `variables` hold its key and what its headers need, also where only its preset names them.
public record ImportedProvider(
        String id,
        Map<String, Object> settings,
        Map<String, String> query,
        Map<String, String> headers,
        List<Map<String, Object>> models,
        Set<String> variables) {

    public ImportedProvider {
        settings = ordered(settings);
        query = ordered(query);
        headers = ordered(headers);
        models = models.stream().map(ImportedProvider::ordered).toList();
        variables = Set.copyOf(variables);
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /// Whether the preset of this id says all of it already.
    public boolean isPlainPreset() {
        return settings.isEmpty() && query.isEmpty() && headers.isEmpty() && models.isEmpty();
    }
}
