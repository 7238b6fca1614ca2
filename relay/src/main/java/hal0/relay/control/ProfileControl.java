package hal0.relay.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.home.error.ErrorKind;
import hal0.relay.error.Json;
import hal0.slots.definition.HomeDefinitions;
import hal0.slots.definition.ProfileEdits;
import hal0.slots.definition.Profiles;
import hal0.slots.definition.SlotEdits.Origin;
import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.error.SlotException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The profiles of a home, as they are looked at and changed in `profiles.toml`.
///
/// **Errors** [ControlException], caused by a [SlotException] that says why. **Threads** any.
public final class ProfileControl {
    private final HomeDefinitions definitions;
    private final ProfileEdits edits;
    private final Runnable reload;
    private final Audit audit;

    /// `reload` reads the files again.
    public ProfileControl(
            HomeDefinitions definitions, ProfileEdits edits, Runnable reload, Audit audit) {
        this.definitions = definitions;
        this.edits = edits;
        this.reload = reload;
        this.audit = audit;
    }

    /// The same that refuses as this does, writes nothing, and has nothing to note.
    Checks checks() {
        return new Checks(edits.rehearsed());
    }

    /// Refuses what changes would be refused for.
    record Checks(ProfileEdits rehearsed) {
        void create(String name, Map<String, @Nullable Object> keys) {
            made(() -> rehearsed.create(name, keys, Origin.REQUEST));
        }

        void change(String name, Map<String, @Nullable Object> keys) {
            made(() -> rehearsed.change(name, keys, Origin.REQUEST));
        }

        void remove(String name) {
            made(() -> rehearsed.delete(name, Origin.REQUEST));
        }
    }

    /// This, for what somebody else asks for.
    public ProfileControl by(String actor) {
        return new ProfileControl(definitions, edits, reload, audit.by(actor));
    }

    /// Those that come with hal0, then the user's.
    public List<Profiles.Layers> all() {
        return definitions.profiles().all();
    }

    public Optional<Profiles.Layers> find(String name) {
        return definitions.profiles().find(name);
    }

    public Profiles.Layers create(String name, Map<String, @Nullable Object> keys) {
        return changed("profile.create", name, () -> edits.create(name, keys, Origin.REQUEST));
    }

    public Profiles.Layers change(String name, Map<String, @Nullable Object> keys) {
        return changed("profile.change", name, () -> edits.change(name, keys, Origin.REQUEST));
    }

    public void remove(String name) {
        noted("profile.remove", name, () -> edits.delete(name, Origin.REQUEST));
    }

    @FunctionalInterface
    private interface Change {
        void make() throws IOException;
    }

    private Profiles.Layers changed(String action, String name, Change change) {
        noted(action, name, change);
        return find(name)
                .orElseThrow(() ->
                        new ControlException(
                                ErrorKind.CONFIGURATION,
                                "profile %s was written and is gone again".formatted(name),
                                null));
    }

    private void noted(String action, String name, Change change) {
        var _ =
                audit.noted(
                        action,
                        name,
                        () -> json(name),
                        () -> {
                            made(change);
                            reload.run();
                            return true;
                        });
    }

    private static void made(Change change) {
        try {
            change.make();
        } catch (SlotException e) {
            throw new ControlException(ErrorKind.CONFIGURATION, e.message(), e);
        } catch (IOException e) {
            throw new ControlException(ErrorKind.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
    }

    private @Nullable String json(String name) {
        return find(name)
                .map(profile -> new String(Json.bytes(json -> write(json, profile)), UTF_8))
                .orElse(null);
    }

    /// As `/api` tells it.
    public static void write(JsonGenerator json, Profiles.Layers profile) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", profile.name());
        json.writeStringField("image", profile.image());
        json.writeArrayFieldStart("command");
        for (String word : profile.command()) {
            json.writeString(word);
        }
        json.writeEndArray();
        json.writeStringField("health_path", profile.healthPath());
        json.writeArrayFieldStart("devices");
        for (Device device : profile.devices()) {
            json.writeString(device.word());
        }
        json.writeEndArray();
        json.writeBooleanField("built_in", profile.builtIn() != null);
        json.writeStringField("source", profile.own() == null ? null : profile.own().place());
        json.writeEndObject();
    }
}
