package hal0.tui;

import hal0.providers.http.CancelToken;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.Reload;
import hal0.relay.control.SettingsEdit;
import hal0.relay.control.UpstreamStatus;
import hal0.relay.control.UpstreamTrial;
import hal0.relay.control.Upstreams;
import hal0.tui.state.Change;
import hal0.tui.state.UiEvent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Does what the boards of settings change.
///
/// **Errors** what is thrown says why nothing was changed. **Threads** any but the UI thread;
/// blocks.
record EditDesk(Services services, Supplier<ControlPlane> plane, Consumer<UiEvent> sink) {

    /// Gives back what to tell of it.
    String done(Change.Edit edit) {
        return switch (edit) {
            case Change.Set(var key, var value) -> set(key, value);
            case Change.SetKey key -> setKey(key);
            case Change.RemoveKey(var provider, var variable) -> {
                boolean was = upstreams().removeCredential(provider, variable);
                yield was
                        ? variable + " is taken out of api.env"
                        : variable + " does not stand in api.env: it comes from the environment";
            }
            case Change.TryProvider(var provider) -> tried(provider);
            case Change.EnableProvider(var provider, var on) -> {
                change(provider, "enabled", "enabled", on);
                yield provider + (on ? " is on" : " is off");
            }
            case Change.SetUrl(var provider, var url) -> {
                change(provider, "url", "base_url", url);
                yield provider + " is at " + url;
            }
            case Change.AddProvider add -> add(add);
            case Change.RemoveProvider(var provider) -> {
                upstreams().remove(provider);
                yield provider + " is not declared any more";
            }
            case Change.Reload() -> reloaded(plane.get().reload());
            case Change.SetMode(var mode) -> {
                services.conversation().use(mode);
                sink.accept(new UiEvent.ModeChanged(mode));
                yield "mode " + mode.name().toLowerCase(Locale.ROOT);
            }
            case Change.Remember(var text) -> services.surroundings().note(text);
            case Change.LoadAndUse(var slot, var model) -> {
                var _ = plane.get().slots().load(slot, model);
                sink.accept(new UiEvent.Chosen(slot, model));
                yield slot + " loads " + model;
            }
            case Change.DeleteSession(var id) -> services.past().delete(id);
            case Change.Owned owned -> services.surroundings().belongings().change(owned);
        };
    }

    /// What is wrong is told in full: it was written a moment ago.
    private static String reloaded(Reload reload) {
        if (!reload.problems().isEmpty()) {
            throw new IllegalStateException(String.join("; ", reload.problems()));
        }
        return reload.applied().isEmpty()
                ? "nothing has changed"
                : String.join(", ", reload.applied()) + " counts from now on";
    }

    private Upstreams upstreams() {
        return plane.get().upstreams();
    }

    private String set(String key, @Nullable Object value) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put(key, value);
        plane.get().settings().change(values);
        return (value == null ? key + " has its default again" : key + " is written")
                + (SettingsEdit.isLive(key) ? "" : "; it counts from the next start on");
    }

    private String setKey(Change.SetKey key) {
        upstreams().setCredential(key.provider(), key.variable(), key.value());
        if (key.begin()) {
            sink.accept(new UiEvent.Chosen(key.provider(), null));
        }
        return key.variable() + " is kept in api.env";
    }

    private String tried(String provider) {
        UpstreamTrial trial = upstreams().test(provider, new CancelToken());
        String error = trial.error();
        if (!trial.ok()) {
            throw new IllegalStateException(error == null ? provider + " does not answer" : error);
        }
        String models = trial.modelsCount() == null ? "" : ", " + trial.modelsCount() + " models";
        String latency = trial.latencyMs() == null ? "" : " in " + trial.latencyMs() + " ms";
        return provider + " answers" + latency + models + (error == null ? "" : ": " + error);
    }

    /// What upstreams.toml declares is changed there, anything else in config.toml, where a table
    /// of a known provider says what is different.
    private void change(String provider, String listed, String own, Object value) {
        UpstreamStatus status = upstreams().one(provider);
        if (status.source().startsWith("upstreams.toml")) {
            var _ = upstreams().change(provider, Map.of(listed, value), false);
        } else {
            plane.get().settings().change(Map.of("providers." + provider + "." + own, value));
        }
    }

    private String add(Change.AddProvider add) {
        boolean keyless = add.key().value().isEmpty();
        String variable = add.name().toUpperCase(Locale.ROOT).replace('-', '_') + "_API_KEY";
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        keys.put("name", add.name());
        keys.put("url", add.url());
        keys.put("protocol", add.protocol());
        if (keyless) {
            keys.put("auth_style", "none");
        } else {
            keys.put("auth_value_env", variable);
        }
        var _ = upstreams().add(keys, false);
        if (!keyless) {
            upstreams().setCredential(add.name(), variable, add.key());
        }
        return add.name() + " is declared in upstreams.toml";
    }
}
