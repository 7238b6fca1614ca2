package hal0.slots.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One `[[model]]` of `models.toml`.
///
/// **Shape** `id` is what clients ask for; `path` the file as it is written there, `ref` where it
/// can be pulled from (`hf:…` or a URL), `upstream` the provider or slot that serves it, `profile`
/// how it is started: null where nobody says; `line` where it stands, 0 for one that is not written
/// yet. **Units** `sizeBytes` and `contextLength` (tokens) are 0 when they are not known; `sha256`
/// is 64 small hexadecimal digits, or null.
public record RegisteredModel(
        String id,
        @Nullable String path,
        @Nullable String ref,
        @Nullable String upstream,
        @Nullable String sha256,
        long sizeBytes,
        long contextLength,
        List<String> capabilities,
        @Nullable String profile,
        int line) {

    public RegisteredModel {
        capabilities = List.copyOf(capabilities);
    }

    /// Where it is written, for problems: `models.toml:12`.
    public String place() {
        return line == 0 ? RegistrySection.FILE : RegistrySection.FILE + ":" + line;
    }
}
