package hal0.slots.model;

import hal0.home.IoReason;
import hal0.home.config.ConfigException;
import hal0.home.config.Settings;
import hal0.home.config.TomlBlock;
import hal0.home.config.TomlEdit;
import hal0.home.config.TomlSource;
import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Changes `models.toml`: comments, order and whatever else stands there stay.
///
/// **Shape** each change is one write of a text that was looked at in the same moment, so that of
/// two of one object none is lost. **Errors** [ModelException]; then nothing is written.
/// **Threads** any.
public final class RegistryEdits {
    private static final Pattern ID = Pattern.compile("[^\\s\\p{Cntrl}]{1,200}");
    private static final String TABLE = "model";

    private final Path file;
    // Another process's edit is seen and kept, but not in the very moment of the writing.
    private final ReentrantLock writing = new ReentrantLock();

    public RegistryEdits(Path folder) {
        this.file = folder.resolve(RegistrySection.FILE);
    }

    /// What stands in the file now, as far as it can be read.
    public List<RegisteredModel> all() {
        return Settings.read(file, List.of(RegistrySection.SECTION)).get(RegistrySection.SECTION);
    }

    public Optional<RegisteredModel> find(String id) {
        return all().stream().filter(model -> model.id().equals(id)).findFirst();
    }

    /// What is wrong with an id; empty where nothing is.
    public static Optional<String> wrongId(String id) {
        return ID.matcher(id).matches()
                ? Optional.empty()
                : Optional.of("\"%s\" cannot be a model's id: it is one word".formatted(id));
    }

    /// Adds a model.
    ///
    /// **Errors** also `ALREADY_EXISTS`.
    public void add(RegisteredModel model) {
        check(model.id());
        edit(source -> {
            if (index(source, model.id()) >= 0) {
                throw ModelException.of(
                        ModelProblem.ALREADY_EXISTS,
                        "\"%s\" is registered already (%s); choose another id, or remove it first: hal0 models remove %s"
                                .formatted(model.id(), RegistrySection.FILE, model.id()));
            }
            return source.followedBy(block(model));
        });
    }

    /// Adds a model, or writes what is known of one that is there already; what the user wrote and
    /// `model` has nothing for stays.
    public void put(RegisteredModel model) {
        check(model.id());
        edit(source -> {
            int index = index(source, model.id());
            if (index < 0) {
                return source.followedBy(block(model));
            }
            Map<String, Object> values = new LinkedHashMap<>();
            facts(model)
                    .forEach((key, value) ->
                            values.put("%s[%d].%s".formatted(TABLE, index, key), value));
            return source.with(values);
        });
    }

    /// Takes a model out of the registry; its file stays.
    ///
    /// **Errors** also `NOT_FOUND`.
    public void remove(String id) {
        edit(source -> {
            int index = index(source, id);
            if (index < 0) {
                throw notFound(id);
            }
            return source.without("%s[%d]".formatted(TABLE, index));
        });
    }

    /// What to throw for a model that is not registered.
    public static ModelException notFound(String id) {
        return ModelException.of(
                ModelProblem.NOT_FOUND,
                "there is no model \"%s\" in %s; see hal0 models list"
                        .formatted(id, RegistrySection.FILE));
    }

    private static void check(String id) {
        wrongId(id)
                .ifPresent(why -> {
                    throw ModelException.of(ModelProblem.INVALID, why);
                });
    }

    /// -1 where it is not there. The list is that of the file only while each table of it can be
    /// read.
    private static int index(TomlSource source, String id) {
        Settings read =
                Settings.of(source.file(), source.text(), List.of(RegistrySection.SECTION))
                        .orThrow();
        List<RegisteredModel> models = read.get(RegistrySection.SECTION);
        for (int i = 0; i < models.size(); i++) {
            if (models.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private static String block(RegisteredModel model) {
        return TomlBlock.item(TABLE).set("id", model.id()).setAll(facts(model)).toml();
    }

    /// What is known, without the id.
    private static Map<String, Object> facts(RegisteredModel model) {
        Map<String, Object> facts = new LinkedHashMap<>();
        put(facts, "path", model.path());
        put(facts, "ref", model.ref());
        put(facts, "upstream", model.upstream());
        put(facts, "sha256", model.sha256());
        put(facts, "size_bytes", model.sizeBytes() == 0 ? null : model.sizeBytes());
        put(facts, "context_length", model.contextLength() == 0 ? null : model.contextLength());
        put(facts, "capabilities", model.capabilities().isEmpty() ? null : model.capabilities());
        put(facts, "profile", model.profile());
        return facts;
    }

    private static void put(Map<String, Object> facts, String key, @Nullable Object value) {
        if (value != null) {
            facts.put(key, value);
        }
    }

    private void edit(UnaryOperator<TomlSource> change) {
        writing.lock();
        try {
            TomlEdit.rewrite(file, change);
        } catch (ConfigException e) {
            throw ModelException.of(
                    ModelProblem.INVALID,
                    "Nothing was written, because %s would be wrong: %s"
                            .formatted(RegistrySection.FILE, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw ModelException.of(
                    ModelProblem.STORE,
                    "%s cannot be written: %s".formatted(file, IoReason.of(e)),
                    e);
        } finally {
            writing.unlock();
        }
    }
}
