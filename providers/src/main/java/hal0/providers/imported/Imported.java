package hal0.providers.imported;

import hal0.home.config.ConfigProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a file of another program says about providers.
///
/// **Shape** `notUnderstood` names, with file and line, what is not taken over and why.
public record Imported(
        Format format,
        @Nullable Active active,
        List<ImportedProvider> providers,
        List<ImportedRoute> routes,
        List<Credential> credentials,
        List<ConfigProblem> notUnderstood) {

    public Imported {
        providers = List.copyOf(providers);
        routes = List.copyOf(routes);
        credentials = List.copyOf(credentials);
        notUnderstood = List.copyOf(notUnderstood);
    }

    /// Which provider the file's owner uses.
    public record Active(String provider, @Nullable String model) {}

    public boolean isEmpty() {
        return providers.isEmpty() && routes.isEmpty() && active == null;
    }
}
