package hal0.relay.control;

import hal0.providers.catalog.CatalogRefresh;
import hal0.providers.catalog.ModelCatalog;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The catalog of the process that this is called in.
///
/// **Shape** `url` is where newer facts come from, null where nothing is written down: nobody who
/// calls may choose it.
public record LocalCatalog(
        ModelCatalog catalog, Supplier<CatalogRefresh> fetching, Supplier<@Nullable URI> url)
        implements CatalogControl {

    @Override
    public List<ModelCatalog.Summary> summaries() {
        return catalog.summaries();
    }

    @Override
    public CatalogRefresh.Outcome refresh() {
        URI from = url.get();
        if (from == null) {
            throw ControlException.refused(
                    Refusal.NO_CATALOG_URL,
                    "there is no address to fetch from; write catalog_url ="
                            + " \"https://models.dev/api.json\" under [models] in config.toml");
        }
        return fetching.get().from(from);
    }
}
