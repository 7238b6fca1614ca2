package hal0.relay.routing;

import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import java.util.List;

/// A slot as far as routing is concerned.
///
/// **Shape** `models` are the ids under which it answers without being loaded anew, its own first;
/// `loaded` when it answers at once; `npu` when it runs on such a device. It is called through
/// `any` where its name was asked for, whatever model it has, and through `exact` where a model
/// was.
public record LocalSlot(
        String name,
        List<String> aliases,
        List<String> models,
        boolean loaded,
        boolean npu,
        Provider any,
        Provider exact) {
    public LocalSlot {
        aliases = List.copyOf(aliases);
        models = List.copyOf(models);
    }

    /// One that can be loaded with no other models than these.
    public LocalSlot(
            String name, List<String> aliases, List<String> models, boolean loaded, boolean npu) {
        this(name, aliases, models, loaded, npu, models.stream().map(ModelInfo::of).toList());
    }

    /// With all that is known of the models that it can be loaded with.
    public LocalSlot(
            String name,
            List<String> aliases,
            List<String> models,
            boolean loaded,
            boolean npu,
            List<ModelInfo> known) {
        this(
                name,
                aliases,
                models,
                loaded,
                npu,
                SlotAddress.provider(name, true, known),
                SlotAddress.provider(name, false, known));
    }

    boolean isCalled(String word) {
        return name.equals(word) || aliases.contains(word);
    }

    /// The id to ask it for where a client asked by `word`.
    public String model(String word) {
        if (models.contains(word)) {
            return word;
        }
        return models.isEmpty() ? name : models.getFirst();
    }
}
