package hal0.cli.wiring;

import hal0.home.config.Nearest;
import hal0.home.error.ErrorKind;
import hal0.providers.Provider;
import hal0.relay.control.ControlException;
import java.util.ArrayList;
import java.util.List;

/// The provider whose id somebody typed.
public final class NamedProvider {
    private NamedProvider() {}

    /// A declared one, or a preset.
    ///
    /// **Errors** [ControlException] that names the nearest id.
    public static Provider of(Configuration configuration, String id) {
        return configuration.registry().find(id).orElseThrow(() -> unknown(configuration, id));
    }

    private static ControlException unknown(Configuration configuration, String id) {
        List<String> ids = new ArrayList<>();
        configuration.registry().declared().forEach(provider -> ids.add(provider.id()));
        configuration.presets().all().forEach(provider -> ids.add(provider.id()));
        return new ControlException(
                ErrorKind.CONFIGURATION,
                "there is no provider \"%s\"%s; hal0 providers list --all shows them"
                        .formatted(id, Nearest.hint(id, ids)),
                null);
    }
}
