package hal0.tui;

import hal0.home.config.Form;
import hal0.home.config.Setting;
import hal0.relay.control.SettingsControl;
import java.util.List;
import java.util.Map;

/// A few keys that nobody writes.
final class FakeSettings implements SettingsControl {
    @Override
    public List<Setting> all() {
        return List.of(
                new Setting(
                        "agent.mode",
                        "\"ask\"",
                        "default",
                        new Form.Choice(List.of("ask", "edit", "auto", "plan")),
                        "\"ask\""),
                new Setting("budget.day_usd", "2.5", "config.toml:9", new Form.Real(0), "0.0"));
    }

    @Override
    public void change(Map<String, Object> values) {
        throw new UnsupportedOperationException("nobody writes here");
    }
}
