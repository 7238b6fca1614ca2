package hal0.relay.control;

import hal0.providers.catalog.CatalogRefresh;
import hal0.providers.catalog.ModelCatalog;
import java.util.List;

/// What a hal0 knows of models without asking anybody.
///
/// **Errors** [ControlException]. **Threads** any; blocks.
public interface CatalogControl {

    /// Of each provider that there is something about.
    List<ModelCatalog.Summary> summaries();

    /// Fetches newer facts from where its config.toml says, a minute at most.
    ///
    /// **Errors** [ControlException] where it says nothing.
    CatalogRefresh.Outcome refresh();
}
