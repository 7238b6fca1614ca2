package hal0.providers.probe;

import hal0.home.error.ErrorKind;
import hal0.providers.ModelInfo;
import hal0.providers.ModelKnowledge;
import hal0.providers.Provider;
import hal0.providers.listing.Listing;
import hal0.providers.listing.ModelLists;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which model of a provider is asked: the one that is named, else the active one, else the first
/// that is declared, else the preset's usual one, else the first that the provider lists.
///
/// **Shape** of a list, what by its name can only embed, rank, paint or listen comes last.
/// **Threads** any; `of` may wait eight seconds for a list.
public final class ModelPick {
    private static final Pattern NO_TALKER =
            Pattern.compile(
                    "(?i).*(embed|rerank|whisper|tts|transcri|moderation|dall-e|stable-diffusion|flux|bge-|imagen).*");

    private final ModelLists lists;
    private final ModelKnowledge knowledge;

    public ModelPick(ModelLists lists, ModelKnowledge knowledge) {
        this.lists = lists;
        this.knowledge = knowledge;
    }

    /// What came of looking for a model.
    public sealed interface Picked {
        /// `tools` is whether it calls tools, null where nobody says.
        record Model(String id, @Nullable Boolean tools) implements Picked {}

        record Nothing(ErrorKind kind, String why) implements Picked {}
    }

    /// `named` and `active` are empty where nobody named one, and where the active provider is
    /// another.
    public Picked of(Provider provider, String named, String active) {
        Optional<String> told = told(provider, named, active);
        if (told.isPresent()) {
            String id = told.get();
            return new Picked.Model(id, knowledge.about(provider, id).tools());
        }
        return switch (lists.of(provider)) {
            case Listing.Listed listed -> first(provider, listed.shown(provider));
            case Listing.Failed(var kind, var message) -> new Picked.Nothing(kind, message);
        };
    }

    /// Whether a model of that name is one to talk to, as far as a name tells.
    public static boolean talks(String id) {
        return !NO_TALKER.matcher(id).matches();
    }

    private static Optional<String> told(Provider provider, String named, String active) {
        if (!named.isEmpty()) {
            return Optional.of(named);
        }
        if (!active.isEmpty()) {
            return Optional.of(active);
        }
        return provider.models().stream()
                .map(ModelInfo::id)
                .findFirst()
                .or(() -> Optional.ofNullable(provider.defaultModel()));
    }

    /// The first that by its name can be talked to, else the first.
    public static Optional<ModelInfo> talker(List<ModelInfo> models) {
        return models.stream()
                .filter(model -> talks(model.id()))
                .findFirst()
                .or(() -> models.stream().findFirst());
    }

    private static Picked first(Provider provider, List<ModelInfo> models) {
        return talker(models)
                .<Picked>map(model -> new Picked.Model(model.id(), model.tools()))
                .orElseGet(() ->
                        new Picked.Nothing(
                                ErrorKind.UNKNOWN_MODEL,
                                "%s lists no models; name one with --model"
                                        .formatted(provider.id())));
    }
}
