package hal0.providers.config;

import hal0.home.config.Section;
import hal0.home.config.TableReader;
import hal0.providers.Presets;
import hal0.providers.Provider;
import hal0.providers.message.Protocol;
import java.net.URI;
import java.util.Optional;

/// `[provider]`: the single table of old, which declared one provider and made it the active one.
public final class LegacyProviderSection
        implements Section<Optional<LegacyProviderSection.Legacy>> {
    private final Presets presets;

    public LegacyProviderSection(Presets presets) {
        this.presets = presets;
    }

    /// What the table stands for in today's form.
    public record Legacy(Provider provider, ActiveSection.Active active) {}

    @Override
    public String name() {
        return "provider";
    }

    @Override
    public Optional<Legacy> read(TableReader table) {
        String name = table.stringOrNull("name");
        String id = table.stringOrNull("id");
        String model = table.stringOrNull("model");
        Optional<URI> address = table.parsed("base_url", BaseUrl::parse);
        boolean present = name != null || id != null || model != null || address.isPresent();
        String chosen = id != null ? id : name != null ? name : "custom";
        Provider base =
                presets.find(chosen)
                        .orElseGet(() ->
                                Provider.builder(
                                                chosen,
                                                Protocol.OPENAI,
                                                address.orElse(URI.create("http://127.0.0.1:9")))
                                        .build());
        Provider provider =
                new Declaration(
                                table,
                                presets.find(chosen).isPresent(),
                                base,
                                address.orElse(base.baseUrl()))
                        .readOld();
        if (!present) {
            return Optional.empty();
        }
        table.warning(
                null,
                "[provider] is the old form",
                "hal0 config migrate writes [providers.%s] and [active] instead".formatted(chosen));
        if (presets.find(chosen).isEmpty() && address.isEmpty()) {
            table.problem(null, "it has no base_url", "add base_url = \"https://…/v1\"");
        }
        return Optional.of(new Legacy(provider, new ActiveSection.Active(chosen, model)));
    }
}
