package hal0.slots.definition;

import hal0.slots.definition.SlotSpec.RuntimeName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Every slot that the files of a home define, as they were last read and could be used.
///
/// **Threads** any.
public interface Definitions {

    /// In the order of their names.
    List<Definition> all();

    default Optional<Definition> find(String name) {
        return all().stream().filter(definition -> definition.name().equals(name)).findFirst();
    }

    /// Whether there may be a slot of that name, though its file cannot be used now: what runs for
    /// it is left alone.
    default boolean mayDefine(String name) {
        return find(name).isPresent();
    }

    /// What is wrong with the file of that name, line by line; empty where it is right or not
    /// there.
    default List<String> problemsOf(String slot) {
        return List.of();
    }

    /// Whether the registry has a model of that id, which requests may then ask slots for.
    default boolean isRegistered(String model) {
        return true;
    }

    /// What starting it comes to; a null `model` is its default one. `runtime` is what AUTO came
    /// to, `port` what was chosen for it.
    ///
    /// **Errors** [hal0.slots.error.SlotException] `CONFIG_ERROR` that names file, line and key
    /// where a file is at fault: no such profile, no such model, a model file that is gone, an
    /// image that nobody names.
    Launch launch(String slot, @Nullable String model, RuntimeName runtime, int port);

    /// The first and last port of which slots without one of their own get theirs.
    PortRange ports();

    /// What `[slots]` of config.toml says.
    default SlotsSettings settings() {
        return SlotsSettings.USUAL;
    }

    /// What `[gpu]` of config.toml says.
    default GpuSettings gpu() {
        return GpuSettings.USUAL;
    }

    /// **Shape** both ends belong to it.
    record PortRange(int first, int last) {
        public boolean holds(int port) {
            return port >= first && port <= last;
        }
    }
}
