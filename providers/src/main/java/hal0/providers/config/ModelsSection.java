package hal0.providers.config;

import hal0.home.config.Section;
import hal0.home.config.TableReader;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// `[models]`: where pulled models are kept, and where a newer catalog of models comes from.
public final class ModelsSection implements Section<ModelsSection.Models> {

    public static final ModelsSection SECTION = new ModelsSection();

    private ModelsSection() {}

    /// **Shape** a null `store` is the usual folder; a null `catalogUrl` means that no catalog is
    /// ever fetched.
    public record Models(@Nullable String store, @Nullable URI catalogUrl) {}

    @Override
    public String name() {
        return "models";
    }

    @Override
    public Models read(TableReader table) {
        String store = table.string("store", "").strip();
        return new Models(store.isEmpty() ? null : store, url(table));
    }

    private static @Nullable URI url(TableReader table) {
        String written = table.string("catalog_url", "").strip();
        if (written.isEmpty()) {
            return null;
        }
        try {
            URI url = new URI(written);
            if (url.getRawUserInfo() != null) {
                // Not echoed: it is a user with a password, or a key.
                table.problem(
                        "catalog_url",
                        "it holds a user or a key, which messages and logs would show",
                        "fetch from an address that needs none");
                return null;
            }
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (web && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Reported with the others.
        }
        table.problem(
                "catalog_url",
                "\"%s\" is not the address of a document".formatted(written),
                "write catalog_url = \"https://models.dev/api.json\", or leave it empty for none");
        return null;
    }
}
