package hal0.slots.model.pull;

import org.jspecify.annotations.Nullable;

/// A model that is to be pulled.
///
/// **Shape** `reference` as [ModelReference#parse] takes it; `id` what it is registered as, null
/// for its file's name; `sha256` what its file has to be, null for what its place says.
public record PullWish(String reference, @Nullable String id, @Nullable String sha256) {

    /// Without what may be a key.
    @Override
    public String toString() {
        return "PullWish[%s]".formatted(reference.replaceAll("\\?.*", ""));
    }
}
