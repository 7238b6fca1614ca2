package hal0.relay.control;

import hal0.home.config.Setting;
import hal0.home.config.TomlSource;
import hal0.relay.error.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes keys of `config.toml`.
///
/// **Shape** one write; comments and order stay. **Errors** [ControlException] when the file would
/// be wrong afterwards; then nothing is written. **Threads** any.
public final class SettingsEdit implements SettingsControl {
    /// Tables that are read at start only.
    private static final List<String> AT_START = List.of("relay.", "store.");

    private final Configured configured;
    private final Audit audit;

    public SettingsEdit(Configured configured, Audit audit) {
        this.configured = configured;
        this.audit = audit;
    }

    /// Whether a change of that key takes effect while hal0 runs.
    public static boolean isLive(String key) {
        return AT_START.stream().noneMatch(key::startsWith);
    }

    @Override
    public List<Setting> all() {
        return configured.shown();
    }

    @Override
    public void change(Map<String, @Nullable Object> values) {
        var _ =
                audit.noted(
                        "settings.change",
                        String.join(", ", values.keySet()),
                        () -> shown(values),
                        () -> {
                            write(new ProviderEdits(configured), values);
                            return true;
                        });
    }

    /// Refuses what `change` would, and changes nothing.
    void check(Map<String, @Nullable Object> values) {
        write(new ProviderEdits(configured).rehearsed(), values);
    }

    private void write(ProviderEdits edits, Map<String, @Nullable Object> values) {
        edits.write(configured.home().configFile(), source -> changed(source, values));
    }

    private static TomlSource changed(TomlSource source, Map<String, @Nullable Object> values) {
        TomlSource after = source;
        for (Map.Entry<String, @Nullable Object> entry : values.entrySet()) {
            @Nullable Object value = entry.getValue();
            after =
                    value == null
                            ? after.without(entry.getKey())
                            : after.with(Map.of(entry.getKey(), value));
        }
        return after;
    }

    /// What those keys say now, masked as everywhere.
    private String shown(Map<String, @Nullable Object> values) {
        byte[] json =
                Json.bytes(out -> {
                    out.writeStartObject();
                    for (Setting setting : configured.shown()) {
                        if (values.containsKey(setting.path())) {
                            out.writeStringField(setting.path(), setting.value());
                        }
                    }
                    out.writeEndObject();
                });
        return new String(json, StandardCharsets.UTF_8);
    }
}
