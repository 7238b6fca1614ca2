package hal0.slots.definition;

import hal0.home.IoReason;
import hal0.home.config.ConfigException;
import hal0.home.config.ConfigProblem;
import hal0.home.config.Nearest;
import hal0.home.config.TomlEdit;
import hal0.home.config.TomlSource;
import hal0.slots.definition.SlotEdits.Origin;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Changes `profiles.toml`, and keeps the comments in it.
///
/// **Shape** keys are `image`, `command`, `health_path` and `devices`; null takes one away. What
/// would bring an error that is not there yet, in a slot that uses the profile too, is not written.
/// **Errors** [SlotException] `NOT_FOUND`, `ALREADY_EXISTS`, `CONFIG_ERROR`, [IOException] when the
/// file cannot be written. **Threads** any.
public final class ProfileEdits {
    private final Path file;
    private final HomeDefinitions definitions;
    private final boolean rehearsed;
    private final ReentrantLock writing = new ReentrantLock();

    /// **Shape** `config` is the folder that holds `profiles.toml`.
    public ProfileEdits(Path config, HomeDefinitions definitions) {
        this(config.resolve(ProfilesSection.FILE), definitions, false);
    }

    private ProfileEdits(Path file, HomeDefinitions definitions, boolean rehearsed) {
        this.file = file;
        this.definitions = definitions;
        this.rehearsed = rehearsed;
    }

    /// The same that refuses as this does, and writes nothing.
    public ProfileEdits rehearsed() {
        return new ProfileEdits(file, definitions, true);
    }

    /// Adds one; hal0's of that name stays beneath it.
    public void create(String name, Map<String, ? extends @Nullable Object> keys, Origin origin)
            throws IOException {
        if (own(name) != null) {
            throw SlotException.of(
                    SlotProblem.ALREADY_EXISTS,
                    "profile %s is there already: %s".formatted(name, own(name)));
        }
        // A table is there once it has a key.
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("command", List.of());
        keys.forEach((key, value) -> {
            if (value != null) {
                all.put(key, value);
            }
        });
        write(name, all, origin);
    }

    /// Changes the keys that are given; hal0's own profiles get their table by that.
    public void change(String name, Map<String, ? extends @Nullable Object> keys, Origin origin)
            throws IOException {
        if (definitions.profiles().find(name).isEmpty()) {
            throw unknown(name);
        }
        write(name, keys, origin);
    }

    /// Takes the user's away; hal0's of that name is as it was again.
    public void delete(String name, Origin origin) throws IOException {
        if (own(name) == null) {
            throw definitions.profiles().find(name).isPresent()
                    ? SlotException.of(
                            SlotProblem.CONFIG_ERROR,
                            "profile %s comes with hal0 and cannot be deleted".formatted(name))
                    : unknown(name);
        }
        rewrite(name, source -> source.without(TomlEdit.path("profile", name)), origin);
    }

    private @Nullable String own(String name) {
        return definitions
                .profiles()
                .find(name)
                .map(Profiles.Layers::own)
                .map(Profile::place)
                .orElse(null);
    }

    private SlotException unknown(String name) {
        return SlotException.of(
                SlotProblem.NOT_FOUND,
                "there is no profile \"%s\"%s"
                        .formatted(name, Nearest.hint(name, definitions.profiles().names())));
    }

    private void write(String name, Map<String, ? extends @Nullable Object> keys, Origin origin)
            throws IOException {
        rewrite(
                name,
                source -> {
                    TomlSource after = source;
                    Map<String, Object> values = new LinkedHashMap<>();
                    for (Map.Entry<String, ? extends @Nullable Object> key : keys.entrySet()) {
                        String path = TomlEdit.path("profile", name, key.getKey());
                        if (key.getValue() == null) {
                            after = after.without(path);
                        } else {
                            values.put(path, key.getValue());
                        }
                    }
                    return values.isEmpty() ? after : after.with(values);
                },
                origin);
    }

    @FunctionalInterface
    private interface Change {
        TomlSource apply(TomlSource source);
    }

    private void rewrite(String name, Change change, Origin origin) throws IOException {
        if (origin == Origin.REQUEST) {
            requireNoProcess(name);
        }
        writing.lock();
        try {
            TomlEdit.rewrite(
                    file,
                    source -> {
                        TomlSource after = change.apply(source);
                        List<ConfigProblem> wrong =
                                definitions.newProfileErrors(source.text(), after.text());
                        if (!wrong.isEmpty()) {
                            throw new ConfigException(wrong);
                        }
                        return rehearsed ? source : after;
                    });
        } catch (ConfigException e) {
            throw SlotException.of(SlotProblem.CONFIG_ERROR, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new IOException(
                    "%s could not be written: %s".formatted(ProfilesSection.FILE, IoReason.of(e)),
                    e);
        } finally {
            writing.unlock();
        }
    }

    /// The flags of a profile that a process names are flags of a program of this machine.
    private void requireNoProcess(String profile) {
        definitions.all().stream()
                .filter(slot -> slot.runtime() == RuntimeName.PROCESS)
                .filter(slot -> profile.equals(slot.spec().slot().profile()))
                .findFirst()
                .ifPresent(slot -> {
                    throw SlotException.of(
                            SlotProblem.CONFIG_ERROR,
                            "the process of slot %s uses profile %s, which is changed in %s only, and not by a request"
                                    .formatted(slot.name(), profile, ProfilesSection.FILE));
                });
    }
}
