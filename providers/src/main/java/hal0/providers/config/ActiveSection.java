package hal0.providers.config;

import hal0.home.config.Section;
import hal0.home.config.TableReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `[active]`: what answers when nobody names a provider.
public final class ActiveSection implements Section<Optional<ActiveSection.Active>> {

    /// **Shape** a null model is the provider's default.
    public record Active(String provider, @Nullable String model) {}

    @Override
    public String name() {
        return "active";
    }

    @Override
    public Optional<Active> read(TableReader table) {
        String provider = table.stringOrNull("provider");
        String model = table.stringOrNull("model");
        if (provider == null) {
            if (model != null) {
                table.problem(
                        "model",
                        "a model is active but no provider",
                        "add provider = \"…\" to [active]");
            }
            return Optional.empty();
        }
        if (provider.isBlank()) {
            table.problem("provider", "the name is empty", "write provider = \"demo\"");
            return Optional.empty();
        }
        return Optional.of(new Active(provider, model == null || model.isBlank() ? null : model));
    }
}
