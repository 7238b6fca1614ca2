package hal0.relay.routing;

import java.util.List;

/// A slot as far as routing is concerned.
///
/// **Shape** `models` are the ids under which it answers, its own first; a `loaded` one is a
/// provider of the slot's name as well; `npu` when it runs on such a device.
public record LocalSlot(
        String name, List<String> aliases, List<String> models, boolean loaded, boolean npu) {
    public LocalSlot {
        aliases = List.copyOf(aliases);
        models = List.copyOf(models);
    }

    boolean isCalled(String word) {
        return name.equals(word) || aliases.contains(word);
    }

    /// The id to ask it for where a client asked by `word`.
    public String model(String word) {
        return models.isEmpty() || models.contains(word) ? word : models.getFirst();
    }
}
