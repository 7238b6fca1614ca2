package hal0.relay.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model that is to be registered; what is null, 0 or empty is taken from its file.
public record NewModel(
        String id,
        @Nullable String path,
        @Nullable String ref,
        @Nullable String upstream,
        long contextLength,
        List<String> capabilities,
        @Nullable String profile) {
    public NewModel {
        capabilities = List.copyOf(capabilities);
    }
}
