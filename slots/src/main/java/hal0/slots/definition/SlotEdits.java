package hal0.slots.definition;

import hal0.home.IoReason;
import hal0.home.config.ConfigException;
import hal0.home.config.ConfigProblem;
import hal0.home.config.TomlBlock;
import hal0.home.config.TomlEdit;
import hal0.home.config.TomlSource;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Changes the files that define slots, and keeps the comments in them.
///
/// **Shape** keys are dotted as the file has them: `slot.port`, `model.default`,
/// `server.extra_args`, `server.env.NAME`; values are String, Long, Double, Boolean or a List of
/// String, and null takes a key away. What would bring an error that is not there yet is not
/// written. Whoever changes something reads the definitions again. **Errors** [SlotException]
/// `NOT_FOUND`, `ALREADY_EXISTS`, `CONFIG_ERROR` with every reason, [IOException] when the file
/// cannot be written. **Threads** any.
public final class SlotEdits {
    /// Every key that a slot's file can have, with its table; variables are `server.env.NAME`.
    public static final List<String> KEYS = SlotSections.KEYS;

    private static final List<String> TABLES = List.of("slot", "model", "server");
    private static final String ENV = "server.env.";

    /// Where a change comes from.
    public enum Origin {
        /// Somebody at this machine.
        FILES,
        /// A request, which must not say what a process of this machine is started with.
        REQUEST
    }

    private final Path folder;
    private final HomeDefinitions definitions;
    private final boolean rehearsed;
    private final ReentrantLock writing = new ReentrantLock();

    /// **Shape** `config` is the folder that holds `slots/`.
    public SlotEdits(Path config, HomeDefinitions definitions) {
        this(config.resolve("slots"), definitions, false);
    }

    private SlotEdits(Path folder, HomeDefinitions definitions, boolean rehearsed) {
        this.folder = folder;
        this.definitions = definitions;
        this.rehearsed = rehearsed;
    }

    /// The same that refuses as this does, and writes nothing.
    public SlotEdits rehearsed() {
        return new SlotEdits(folder, definitions, true);
    }

    /// The file of that name, whether it is there or not.
    public Path file(String name) {
        if (!SlotSections.NAME.matcher(name).matches()) {
            throw SlotException.of(
                    SlotProblem.CONFIG_ERROR,
                    "\"%s\" cannot name a slot: %s".formatted(name, SlotSections.NAME_RULE));
        }
        return folder.resolve(name + SlotFile.SUFFIX);
    }

    /// Writes a new file.
    public void create(String name, Map<String, ? extends @Nullable Object> keys, Origin origin)
            throws IOException {
        Path file = file(name);
        writing.lock();
        try {
            if (Files.exists(file)) {
                throw SlotException.of(
                        SlotProblem.ALREADY_EXISTS,
                        "slot %s is there already: %s".formatted(name, SlotFile.label(file)));
            }
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("slot.name", name);
            keys.forEach((key, value) -> {
                if (value != null) {
                    all.put(key, value);
                }
            });
            rewrite(file, source -> source.followedBy(text(all)), keys, origin);
        } finally {
            writing.unlock();
        }
    }

    /// Changes the keys that are given, and no other.
    public void change(String name, Map<String, ? extends @Nullable Object> keys, Origin origin)
            throws IOException {
        Path file = existing(name);
        writing.lock();
        try {
            rewrite(file, source -> changed(source, keys), keys, origin);
        } finally {
            writing.unlock();
        }
    }

    /// Takes the definition away.
    public void delete(String name) throws IOException {
        Path file = existing(name);
        if (rehearsed) {
            return;
        }
        writing.lock();
        try {
            Files.delete(file);
        } catch (NoSuchFileException _) {
            throw missing(name);
        } finally {
            writing.unlock();
        }
    }

    private Path existing(String name) {
        Path file = file(name);
        if (!Files.exists(file)) {
            throw missing(name);
        }
        return file;
    }

    private static SlotException missing(String name) {
        return SlotException.of(SlotProblem.NOT_FOUND, "there is no slot \"%s\"".formatted(name));
    }

    private static TomlSource changed(
            TomlSource source, Map<String, ? extends @Nullable Object> keys) {
        Map<String, Object> values = new LinkedHashMap<>();
        TomlSource left = source;
        for (Map.Entry<String, ? extends @Nullable Object> entry : keys.entrySet()) {
            if (entry.getValue() == null) {
                left = left.without(entry.getKey());
            } else {
                values.put(entry.getKey(), entry.getValue());
            }
        }
        return values.isEmpty() ? left : left.with(values);
    }

    private static String text(Map<String, Object> keys) {
        Map<String, TomlBlock> blocks = new LinkedHashMap<>();
        TABLES.forEach(table -> blocks.put(table, TomlBlock.table(table)));
        Map<String, Object> env = new LinkedHashMap<>();
        Map<String, Boolean> used = new LinkedHashMap<>();
        keys.forEach((key, value) -> {
            int dot = key.indexOf('.');
            String table = dot < 0 ? "" : key.substring(0, dot);
            TomlBlock block = blocks.get(table);
            if (block == null) {
                throw unknown(key);
            }
            used.put(table, true);
            if (key.startsWith(ENV)) {
                env.put(key.substring(ENV.length()), value);
            } else {
                block.set(key.substring(dot + 1), value);
            }
        });
        if (!env.isEmpty()) {
            blocks.computeIfPresent("server", (_, block) -> block.set("env", env));
        }
        return blocks.entrySet().stream()
                .filter(block -> used.containsKey(block.getKey()))
                .map(block -> block.getValue().toml())
                .collect(Collectors.joining("\n"));
    }

    private static SlotException unknown(String key) {
        return SlotException.of(
                SlotProblem.CONFIG_ERROR,
                "there is no key \"%s\": keys begin with slot., model. or server.".formatted(key));
    }

    @FunctionalInterface
    private interface Change {
        TomlSource apply(TomlSource source);
    }

    private void rewrite(
            Path file, Change change, Map<String, ? extends @Nullable Object> keys, Origin origin)
            throws IOException {
        try {
            Files.createDirectories(folder);
            TomlEdit.rewrite(
                    file,
                    source -> {
                        TomlSource after = change.apply(source);
                        requireRight(file, source, after);
                        if (origin == Origin.REQUEST) {
                            requireAllowed(file, after, keys);
                        }
                        return rehearsed ? source : after;
                    });
        } catch (ConfigException e) {
            throw SlotException.of(SlotProblem.CONFIG_ERROR, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new IOException(
                    "%s could not be written: %s".formatted(SlotFile.label(file), IoReason.of(e)),
                    e);
        }
    }

    /// **Errors** [ConfigException] with what the change would make wrong, here or in other files.
    private void requireRight(Path file, TomlSource before, TomlSource after) {
        boolean isNew = before.text().isEmpty() && !Files.exists(file);
        List<ConfigProblem> wrong =
                definitions.newErrors(file, isNew ? null : before.text(), after.text());
        if (!wrong.isEmpty()) {
            throw new ConfigException(wrong);
        }
    }

    /// What runs on this machine itself is a matter of its files: a request that could say what a
    /// process is started with could start anything.
    private void requireAllowed(
            Path file, TomlSource after, Map<String, ? extends @Nullable Object> keys) {
        SlotSpec.Slot slot = SlotFile.of(file, after.text()).spec().slot();
        RuntimeName runtime =
                slot.runtime() == null ? definitions.settings().runtime() : slot.runtime();
        for (String key : keys.keySet()) {
            // A command that is not used now is used as soon as [slots] says "process".
            boolean ofProcess =
                    (runtime == RuntimeName.PROCESS || !slot.command().isEmpty())
                            && (key.equals("server.extra_args")
                                    || key.startsWith("server.env")
                                    || key.equals("slot.profile")
                                    || key.equals("slot.runtime"));
            if (key.equals("slot.command") || ofProcess) {
                throw SlotException.of(
                        SlotProblem.CONFIG_ERROR,
                        "%s of a process is set in %s only, and not by a request"
                                .formatted(key, SlotFile.label(file)));
            }
        }
    }
}
