package hal0.providers.imported;

import hal0.providers.Provider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the readers of all formats share while one file is read.
///
/// **Threads** one.
final class Reader {
    private final Notes notes;
    private final Keys keys;
    private final Function<String, Optional<Provider>> presets;
    private final Map<String, Draft> drafts = new LinkedHashMap<>();

    /// By the id that a provider got, the one that it would have had alone.
    private final Map<String, String> meant = new HashMap<>();

    private final List<ImportedRoute> routes = new ArrayList<>();
    private Imported.@Nullable Active active;

    Reader(Notes notes, Keys keys, Function<String, Optional<Provider>> presets) {
        this.notes = notes;
        this.keys = keys;
        this.presets = presets;
    }

    Notes notes() {
        return notes;
    }

    Keys keys() {
        return keys;
    }

    Optional<Provider> preset(String id) {
        return presets.apply(id);
    }

    /// The variable for a provider's key: its preset's, or one made of its id.
    String keyVariable(String id) {
        return preset(id)
                .flatMap(preset -> preset.keyNames().stream().findFirst())
                .orElseGet(() -> Keys.variable(id, "API_KEY"));
    }

    /// Adds a provider under an id that no other connection has; the id that it got.
    String add(String wanted, Draft draft) {
        String id = wanted;
        for (int i = 2; isTaken(id, draft); i++) {
            id = wanted + "-" + i;
        }
        drafts.putIfAbsent(id, draft);
        meant.put(id, wanted);
        return id;
    }

    private boolean isTaken(String id, Draft draft) {
        Draft there = drafts.get(id);
        return there != null && !there.sameConnection(draft);
    }

    Draft draft(String id) {
        return drafts.computeIfAbsent(id, _ -> new Draft());
    }

    /// Whether one of the providers takes its key from this variable.
    boolean uses(String variable) {
        return providers().stream().anyMatch(p -> p.variables().contains(variable));
    }

    boolean knows(String provider) {
        return drafts.containsKey(provider) || preset(provider).isPresent();
    }

    void route(ImportedRoute route) {
        routes.add(route);
    }

    void active(@Nullable String provider, @Nullable String model) {
        if (provider != null && !provider.isBlank()) {
            active = new Imported.Active(provider, model);
        }
    }

    Imported result(Format format) {
        return new Imported(format, active, providers(), routes, keys.credentials(), notes.all());
    }

    private List<ImportedProvider> providers() {
        List<ImportedProvider> providers = new ArrayList<>();
        drafts.forEach((id, draft) -> {
            Optional<Provider> own = preset(id);
            Optional<Provider> other = preset(meant.getOrDefault(id, id));
            if (own.isEmpty() && other.isPresent()) {
                draft.completeFrom(other.get());
            }
            providers.add(draft.as(id, own.map(Provider::keyNames).orElse(List.of())));
        });
        return providers;
    }
}
