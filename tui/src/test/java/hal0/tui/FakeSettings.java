package hal0.tui;

import hal0.home.config.Form;
import hal0.home.config.Setting;
import hal0.home.error.ErrorKind;
import hal0.relay.control.ControlException;
import hal0.relay.control.SettingsControl;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// A few keys, and what they were to be changed to.
final class FakeSettings implements SettingsControl {
    final List<String> changes = new CopyOnWriteArrayList<>();
    volatile String refusal = "";

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
        if (!refusal.isEmpty()) {
            throw new ControlException(ErrorKind.CONFIGURATION, refusal, null);
        }
        changes.add(values.toString());
    }
}
