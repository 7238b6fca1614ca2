package hal0.cli.wiring;

import hal0.home.Version;
import hal0.providers.ModelClient;
import hal0.providers.Provider;
import hal0.providers.probe.Asking;
import hal0.relay.control.CatalogControl;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.HttpCatalog;
import hal0.relay.control.HttpControl;
import hal0.relay.control.ModelChoice;
import hal0.relay.control.RelayStatus;
import hal0.relay.key.HttpKeys;
import hal0.relay.key.KeyControl;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Who can be asked and told what hal0 does: this process, the owner of this home, or a relay of
/// elsewhere.
///
/// **Shape** each call gives another that its caller closes. **Threads** any.
public final class ControlPlanes {
    private final Configuration configuration;
    private final ProviderParts parts;
    private final ControlParts control;
    private final Function<Provider, List<ModelChoice>> models;
    private @Nullable NamedRelay named;

    ControlPlanes(
            Configuration configuration,
            ProviderParts parts,
            ControlParts control,
            Function<Provider, List<ModelChoice>> models) {
        this.configuration = configuration;
        this.parts = parts;
        this.control = control;
        this.models = models;
    }

    /// That of the relay which `HAL0_API_URL` names, else of the owner of this home where one runs.
    public Optional<ControlPlane> relay() {
        return RelayAddress.find(configuration).map(this::at);
    }

    /// That of the relay which `HAL0_API_URL` names, whose files are not those of this home.
    public Optional<ControlPlane> elsewhere() {
        return RelayAddress.named(configuration).map(this::at);
    }

    /// That of another process.
    ControlPlane at(RelayAddress relay) {
        return new HttpControl(
                parts.transport,
                parts.requests,
                relay.url(),
                relay.token(),
                relay.ownHome() ? configuration : null);
    }

    /// What that relay knows of models, else what this home does.
    public CatalogControl catalog() {
        return RelayAddress.named(configuration)
                .<CatalogControl>map(relay ->
                        new HttpCatalog(
                                parts.transport, parts.requests, relay.url(), relay.token()))
                .orElseGet(control::catalog);
    }

    /// What asks the models of the relay that `HAL0_API_URL` names; `client` is the word for it in
    /// the ledger there.
    public Asking askingElsewhere(String client) {
        NamedRelay relay = namedRelay().orElseThrow();
        return (provider, model, request, cancel) ->
                relay.client(parts.client)
                        .open(
                                request.withModel(provider.id() + "/" + model),
                                new ModelClient.Call(client, null, cancel));
    }

    /// Models as programs meet them that use the relay; see [ThroughRelay].
    ///
    /// **Errors** [hal0.relay.control.ControlException] when there is no relay and none can start.
    public ThroughRelay throughRelay(Hal0 hal0, String client, Checkup checkup) {
        return ThroughRelay.open(hal0, parts.client, this, client, checkup);
    }

    /// What can be done to the keys of another process.
    KeyControl keysAt(RelayAddress relay) {
        return new HttpKeys(parts.transport, parts.requests, relay.url(), relay.token());
    }

    /// That of a process which neither listens nor attaches.
    public ControlPlane own() {
        Instant since = Instant.now();
        return control.control(
                "cli",
                models,
                () -> new RelayStatus(Version.current(), "", null, false, since, 0, 0));
    }

    /// Made once: it remembers what models there are said to be.
    synchronized Optional<NamedRelay> namedRelay() {
        if (named == null) {
            named =
                    RelayAddress.named(configuration)
                            .map(relay -> new NamedRelay(relay, at(relay)))
                            .orElse(null);
        }
        return Optional.ofNullable(named);
    }
}
