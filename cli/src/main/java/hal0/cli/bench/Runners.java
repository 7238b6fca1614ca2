package hal0.cli.bench;

import hal0.providers.Provider;
import hal0.providers.probe.ModelPick;
import hal0.relay.control.ControlException;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.ControlPlane.Active;
import hal0.relay.control.ModelChoice;
import hal0.relay.control.ProviderStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Which models take part, by the names that the relay resolves.
///
/// **Errors** [ControlException]. **Threads** any; blocks.
record Runners(ControlPlane relay, Function<String, Optional<Provider>> presets) {

    /// The preset that leads to a relay: it would be measured twice.
    private static final String RELAY = "relay";

    /// A name to ask for, or why there is none.
    record Runner(String name, String why) {
        boolean isAbsent() {
            return !why.isEmpty();
        }
    }

    /// A model that was named, alone or with its provider, else the active one.
    Runner named(String provider, String model) {
        if (!model.isEmpty()) {
            boolean whole = provider.isEmpty() || model.startsWith(provider + "/");
            return new Runner(whole ? model : provider + "/" + model, "");
        }
        if (!provider.isEmpty()) {
            return of(provider);
        }
        return relay.active()
                .map(active ->
                        active.model().isEmpty()
                                ? of(active.provider())
                                : new Runner(active.provider() + "/" + active.model(), ""))
                .orElseGet(() ->
                        new Runner("-", "no model is chosen; name one with --model, or say --all"));
    }

    /// One of every provider that could be asked. A local server that nobody declared may just not
    /// run: it takes part only where it tells its models.
    List<Runner> all() {
        return relay.providers().stream()
                .filter(ProviderStatus::enabled)
                .filter(status -> status.keyState() != ProviderStatus.KeyState.MISSING)
                .filter(status -> !status.id().equals(RELAY))
                .map(status -> status.local() ? listed(status.id()) : of(status.id()))
                .toList();
    }

    private Runner of(String provider) {
        Optional<String> usual =
                relay.active()
                        .filter(active -> active.provider().equals(provider))
                        .map(Active::model)
                        .filter(model -> !model.isEmpty())
                        .or(() -> presets.apply(provider).map(Provider::defaultModel));
        return usual.map(model -> new Runner(provider + "/" + model, ""))
                .orElseGet(() -> listed(provider));
    }

    private Runner listed(String provider) {
        try {
            List<String> models =
                    relay.models(provider).stream()
                            .map(ModelChoice::info)
                            .map(m -> m.id())
                            .toList();
            return models.stream()
                    .filter(ModelPick::talks)
                    .findFirst()
                    .or(() -> models.stream().findFirst())
                    .map(model -> new Runner(provider + "/" + model, ""))
                    .orElseGet(() ->
                            new Runner(provider, "it lists no models; name one with --model"));
        } catch (ControlException e) {
            return new Runner(provider, String.valueOf(e.getMessage()));
        }
    }
}
