package hal0.relay.control;

import hal0.home.config.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The configuration of another process, over its `/api`.
///
/// **Threads** any.
record HttpSettings(RelayCalls relay) implements SettingsControl {
    private static final String PATH = "/api/settings";

    @Override
    public List<Setting> all() {
        List<Setting> all = new ArrayList<>();
        relay.call("GET", PATH, null).forEach(node -> all.add(SettingJson.read(node)));
        return all;
    }

    @Override
    public void change(Map<String, @Nullable Object> values) {
        var _ = relay.call("PUT", PATH, Map.of("values", values));
    }
}
