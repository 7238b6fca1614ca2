package hal0.relay.control;

import hal0.providers.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds out whether a change would be refused, before anybody is asked to allow it.
///
/// **Shape** each goes through the very code that makes the change, which writes nothing here and
/// notes nothing: what is let through may still fail later. **Errors** those of the change.
/// **Threads** any; reads files.
public final class Rehearsal {
    private final LocalUpstreams upstreams;
    private final LocalSlotControl slots;
    private final SettingsEdit settings;
    private final ProfileControl.Checks profiles;

    public Rehearsal(
            LocalUpstreams upstreams,
            LocalSlotControl slots,
            SettingsEdit settings,
            ProfileControl profiles) {
        this.upstreams = upstreams;
        this.slots = slots;
        this.settings = settings;
        this.profiles = profiles.checks();
    }

    public void slotCreated(String name, Map<String, @Nullable Object> keys) {
        slots.checkCreate(name, keys);
    }

    public void slotChanged(String name, Map<String, @Nullable Object> keys) {
        slots.checkChange(name, keys);
    }

    public void slotRemoved(String name) {
        slots.checkRemove(name);
    }

    public void upstreamAdded(Map<String, @Nullable Object> keys, boolean confirmed) {
        upstreams.checkAdd(keys, confirmed);
    }

    public void upstreamChanged(
            String name, Map<String, @Nullable Object> keys, boolean confirmed) {
        upstreams.checkChange(name, keys, confirmed);
    }

    public void upstreamRemoved(String name) {
        upstreams.checkRemove(name);
    }

    public void credentialSet(String upstream, String variable, Secret value) {
        upstreams.checkCredential(upstream, variable, value);
    }

    public void settingsChanged(Map<String, @Nullable Object> values) {
        settings.check(values);
    }

    public void profileCreated(String name, Map<String, @Nullable Object> keys) {
        profiles.create(name, keys);
    }

    public void profileChanged(String name, Map<String, @Nullable Object> keys) {
        profiles.change(name, keys);
    }

    public void profileRemoved(String name) {
        profiles.remove(name);
    }
}
