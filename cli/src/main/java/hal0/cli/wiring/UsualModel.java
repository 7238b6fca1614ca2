package hal0.cli.wiring;

import hal0.providers.Provider;
import org.jspecify.annotations.Nullable;

/// What a provider answers with when nobody names a model.
public final class UsualModel {
    private UsualModel() {}

    /// The first declared one, else its default; empty when nobody says.
    public static String of(Provider provider) {
        if (!provider.models().isEmpty()) {
            return provider.models().getFirst().id();
        }
        @Nullable String usual = provider.defaultModel();
        return usual == null ? "" : usual;
    }
}
