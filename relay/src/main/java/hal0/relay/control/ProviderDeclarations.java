package hal0.relay.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.config.TomlBlock;
import hal0.providers.config.Declared;
import hal0.relay.error.Json;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Declarations of providers in either file of a home, changed as a person at the command line asks
/// for it, and noted.
///
/// **Shape** the user's own files hold what the user says: here a key may go to any origin.
/// **Errors** [ControlException]. **Threads** any.
public final class ProviderDeclarations {
    private final ProviderFiles files;
    private final ProviderEdits edits;
    private final Audit audit;

    public ProviderDeclarations(ProviderFiles files, Audit audit) {
        this.files = files;
        this.edits = new ProviderEdits(files);
        this.audit = audit;
    }

    /// Where a provider is declared in a form that can be edited.
    public Optional<Declared> find(String id) {
        return edits.find(id);
    }

    /// Puts the tables of a new provider at the end of a file.
    public void add(Path file, String id, String tables) {
        noted("provider.add", id, () -> edits.add(file, id, tables, _ -> {}));
    }

    public void remove(Declared declared) {
        noted("provider.remove", declared.id(), () -> edits.remove(declared));
    }

    /// Switches a provider on or off, in its declaration or, where it has none, in a new one.
    public void enable(String id, boolean enabled) {
        Optional<Declared> declared = find(id);
        String action = enabled ? "provider.enable" : "provider.disable";
        if (declared.isPresent()) {
            noted(
                    action,
                    id,
                    () ->
                            edits.change(
                                    declared.get(),
                                    (source, table) ->
                                            source.with(Map.of(table + ".enabled", enabled)),
                                    _ -> {}));
        } else {
            String table = TomlBlock.table("providers", id).set("enabled", enabled).toml();
            Path file = files.home().configFile();
            noted(action, id, () -> edits.write(file, source -> source.followedBy(table)));
        }
    }

    private void noted(String action, String id, Runnable work) {
        var _ =
                audit.noted(
                        action,
                        id,
                        () -> state(id),
                        () -> {
                            work.run();
                            return true;
                        });
    }

    /// Where and how it is declared, as JSON.
    private @Nullable String state(String id) {
        Optional<Declared> declared =
                files.declared().stream().filter(d -> d.id().equals(id)).findFirst();
        return declared.map(ProviderDeclarations::json).orElse(null);
    }

    private static String json(Declared declared) {
        byte[] json =
                Json.bytes(out -> {
                    out.writeStartObject();
                    out.writeStringField("source", declared.origin());
                    out.writeStringField("url", declared.provider().baseUrl().toString());
                    out.writeStringField("protocol", declared.provider().protocol().key());
                    out.writeBooleanField("enabled", declared.provider().enabled());
                    out.writeEndObject();
                });
        return new String(json, UTF_8);
    }
}
