package hal0.relay.control;

import hal0.home.config.Setting;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys of the configuration as they can be looked at and changed.
///
/// **Errors** [ControlException]. **Threads** any; blocks.
public interface SettingsControl {

    /// Every key and what holds for it, secrets masked.
    List<Setting> all();

    /// Dotted keys of `config.toml` with their new values: String, Boolean, Long, Double or a List
    /// of String; null takes one out. All are written, or none.
    void change(Map<String, @Nullable Object> values);
}
