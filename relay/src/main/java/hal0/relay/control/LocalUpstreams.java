package hal0.relay.control;

import hal0.home.config.Nearest;
import hal0.home.config.TomlBlock;
import hal0.home.config.TomlSource;
import hal0.providers.Provider;
import hal0.providers.ProviderRegistry;
import hal0.providers.Secret;
import hal0.providers.config.Declared;
import hal0.providers.config.UpstreamsSection;
import hal0.providers.http.CancelToken;
import hal0.providers.probe.Connection;
import hal0.providers.probe.Reach;
import hal0.providers.probe.Verdict;
import hal0.relay.event.Events;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The providers of the process that this is called in, in the files of its home.
///
/// **Threads** any.
public final class LocalUpstreams implements Upstreams {
    /// In the order in which a new table has them.
    private static final List<String> ORDER =
            List.of(
                    "name",
                    "kind",
                    "enabled",
                    "url",
                    "protocol",
                    "auth_style",
                    "auth_header",
                    "auth_value_env",
                    "timeout_seconds",
                    "advertise_models",
                    "model_filters");

    private final Surroundings around;
    private final ProviderEdits edits;
    private final UpstreamStatuses statuses;
    private final Audit audit;
    private final KeyValues keys;

    /// What this stands on. `probe` calls a provider; `keysChanged` runs after a key has.
    public record Surroundings(
            ProviderFiles files,
            ProviderRegistry registry,
            Probe probe,
            UpstreamHealth health,
            Events events,
            Runnable keysChanged) {}

    /// Finds out whether a provider can be reached.
    public interface Probe {
        Connection of(Provider provider, boolean chosen, CancelToken cancel);
    }

    public LocalUpstreams(Surroundings around, UpstreamStatuses statuses, Audit audit) {
        this.around = around;
        this.edits = new ProviderEdits(around.files());
        this.statuses = statuses;
        this.audit = audit;
        this.keys = new KeyValues(around, audit);
    }

    /// This, for what somebody else asks for.
    public LocalUpstreams by(String actor) {
        return new LocalUpstreams(around, statuses, audit.by(actor));
    }

    @Override
    public List<UpstreamStatus> all() {
        return statuses.all();
    }

    @Override
    public UpstreamStatus one(String name) {
        return statuses.of(find(name));
    }

    private Provider find(String name) {
        return around.registry()
                .find(name)
                .orElseThrow(() ->
                        ControlException.refused(
                                Refusal.NOT_FOUND,
                                "there is no upstream \"%s\"%s"
                                        .formatted(name, Nearest.hint(name, names()))));
    }

    private List<String> names() {
        return all().stream().map(UpstreamStatus::name).toList();
    }

    @Override
    public List<ProviderFacts.Fact> facts(String name) {
        return statuses.facts(find(name));
    }

    @Override
    public UpstreamStatus add(Map<String, @Nullable Object> keys, boolean confirmed) {
        String name = String.valueOf(keys.get("name"));
        return audit.noted(
                "upstream.add",
                name,
                () -> json(name),
                () -> {
                    write(edits, name, keys, confirmed);
                    return one(name);
                });
    }

    /// Refuses what `add` would, and adds nothing.
    void checkAdd(Map<String, @Nullable Object> keys, boolean confirmed) {
        write(edits.rehearsed(), String.valueOf(keys.get("name")), keys, confirmed);
    }

    private void write(
            ProviderEdits how, String name, Map<String, @Nullable Object> keys, boolean confirmed) {
        requireNoScript(name);
        Map<String, @Nullable Object> ordered = new LinkedHashMap<>();
        ORDER.forEach(key -> ordered.put(key, keys.get(key)));
        how.add(
                around.files().home().upstreamsFile(),
                name,
                TomlBlock.item("upstream").setAll(ordered).toml(),
                keyOwner(confirmed));
    }

    /// A script that declares itself goes after every file, and would go unheard of.
    private void requireNoScript(String name) {
        Optional<Provider> there = around.registry().find(name);
        if (there.isPresent() && statuses.sourceOf(there.get()).endsWith(".lua")) {
            throw ControlException.refused(
                    Refusal.ALREADY_EXISTS,
                    "%s is declared by %s already".formatted(name, statuses.sourceOf(there.get())));
        }
    }

    /// Refuses a declaration that would send a key elsewhere.
    private Consumer<Declared> keyOwner(boolean confirmed) {
        List<Provider> known = statuses.providers();
        return declared -> {
            Optional<KeyOrigins.Owned> owned =
                    confirmed ? Optional.empty() : KeyOrigins.elsewhere(declared.provider(), known);
            if (owned.isPresent()) {
                Provider owner = owned.get().owner();
                throw ControlException.refused(
                        Refusal.KEY_ORIGIN,
                        "%s belongs to %s (%s), and %s would be sent it; say confirm_key_origin = true if that is meant, or name another variable"
                                .formatted(
                                        owned.get().variable(),
                                        KeyOrigins.origin(owner.baseUrl()),
                                        owner.id(),
                                        KeyOrigins.origin(declared.provider().baseUrl())));
            }
        };
    }

    @Override
    public UpstreamStatus change(
            String name, Map<String, @Nullable Object> keys, boolean confirmed) {
        return audit.noted(
                "upstream.change",
                name,
                () -> json(name),
                () -> {
                    rewrite(edits, name, keys, confirmed);
                    return one(name);
                });
    }

    /// Refuses what `change` would, and changes nothing.
    void checkChange(String name, Map<String, @Nullable Object> keys, boolean confirmed) {
        rewrite(edits.rehearsed(), name, keys, confirmed);
    }

    private void rewrite(
            ProviderEdits how, String name, Map<String, @Nullable Object> keys, boolean confirmed) {
        how.change(
                listed(name), (source, table) -> changed(source, table, keys), keyOwner(confirmed));
    }

    private static TomlSource changed(
            TomlSource source, String table, Map<String, @Nullable Object> keys) {
        TomlSource after = source;
        for (Map.Entry<String, @Nullable Object> entry : keys.entrySet()) {
            String path = table + "." + entry.getKey();
            @Nullable Object value = entry.getValue();
            if (value == null) {
                after = after.without(path);
            } else if (value instanceof Map<?, ?> inner) {
                Map<String, Object> values = new LinkedHashMap<>();
                inner.forEach((key, item) -> values.put(path + "." + key, item));
                after = after.with(values);
            } else {
                after = after.with(Map.of(path, value));
            }
        }
        return after;
    }

    /// The declaration in upstreams.toml: the only one that is changed from here.
    private Declared listed(String name) {
        Provider provider = find(name);
        Optional<Declared> declared =
                edits.find(name).filter(d -> d.file().equals(UpstreamsSection.FILE));
        return declared.orElseThrow(() ->
                ControlException.refused(
                        Refusal.PROTECTED,
                        "%s is not declared in upstreams.toml but by %s; only what stands there is changed from here"
                                .formatted(name, statuses.sourceOf(provider))));
    }

    @Override
    public void remove(String name) {
        var _ =
                audit.noted(
                        "upstream.remove",
                        name,
                        () -> json(name),
                        () -> {
                            edits.remove(listed(name));
                            return true;
                        });
    }

    /// Refuses what `remove` would, and removes nothing.
    void checkRemove(String name) {
        edits.rehearsed().remove(listed(name));
    }

    /// Refuses what `setCredential` would, and sets nothing.
    void checkCredential(String name, String variable, Secret value) {
        KeyValues.check(find(name), variable, value);
    }

    @Override
    public void setCredential(String name, String variable, Secret value) {
        keys.set(find(name), variable, value);
    }

    @Override
    public boolean removeCredential(String name, String variable) {
        return keys.remove(find(name), variable);
    }

    private @Nullable String json(String name) {
        return around.registry()
                .find(name)
                .map(statuses::of)
                .filter(status -> !status.source().equals(UpstreamStatuses.PRESET))
                .map(UpstreamStatuses::json)
                .orElse(null);
    }

    @Override
    public UpstreamTrial test(String name, boolean chosen, CancelToken cancel) {
        Provider provider = find(name);
        Connection found = around.probe().of(provider, chosen, cancel);
        boolean ok =
                found.verdict() == Verdict.PASS
                        || found.verdict() == Verdict.WARN
                        || found.reach() == Reach.IN_PROCESS;
        if (ok) {
            around.health().answered(name);
        } else if (chosen || found.verdict() != Verdict.SKIP) {
            around.health().failed(name, found.message(), found.status());
        }
        return new UpstreamTrial(ok, found);
    }
}
