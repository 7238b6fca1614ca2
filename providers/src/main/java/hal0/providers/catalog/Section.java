package hal0.providers.catalog;

import hal0.providers.ModelInfo;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one catalog says of one provider.
///
/// **Shape** `models` by id, in the order of the file; `aliases` lead from another name of a model
/// to its id and are written out one by one, since a model whose name begins alike may cost twice
/// as much; `notByTokens` are models whose price is not told by counting tokens; `asOf` is a date.
public record Section(
        String provider,
        @Nullable String asOf,
        List<String> sources,
        Map<String, ModelInfo> models,
        Map<String, String> aliases,
        Set<String> notByTokens) {

    public Section {
        sources = List.copyOf(sources);
        models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
        aliases = Map.copyOf(aliases);
        notByTokens = Set.copyOf(notByTokens);
    }

    static Section empty(String provider) {
        return new Section(provider, null, List.of(), Map.of(), Map.of(), Set.of());
    }

    /// The id that a name stands for: its own where it is no alias.
    String canonical(String model) {
        return models.containsKey(model) ? model : aliases.getOrDefault(model, model);
    }

    Optional<ModelInfo> find(String model) {
        return Optional.ofNullable(models.get(canonical(model)));
    }
}
