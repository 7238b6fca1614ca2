package hal0.cli.wiring;

import hal0.agent.Agent;
import hal0.home.error.ErrorKind;
import hal0.providers.ModelClient;
import hal0.providers.ModelInfo;
import hal0.providers.client.ProviderClient;
import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import hal0.relay.control.ControlException;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.ModelChoice;
import hal0.relay.dispatch.RemoteModelClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The models of the relay that `HAL0_API_URL` names.
///
/// **Shape** what a key may not look at is not known, and no fault. **Threads** any; blocks on the
/// network.
final class NamedRelay {
    private final RelayAddress address;
    private final ControlPlane control;
    private final Map<String, List<ModelChoice>> lists = new ConcurrentHashMap<>();

    NamedRelay(RelayAddress address, ControlPlane control) {
        this.address = address;
        this.control = control;
    }

    ModelClient client(ProviderClient providers) {
        return new RemoteModelClient(providers, address.url(), address.token(), this::cost);
    }

    /// What is chosen here, filled up with what is active there.
    ///
    /// **Errors** [ControlException] where neither names a model.
    Agent.Choice choice(Agent.Choice chosen) {
        if (!chosen.model().isEmpty()) {
            return chosen;
        }
        Optional<ControlPlane.Active> active = control.active();
        if (active.isPresent()
                && (chosen.provider().isEmpty()
                        || chosen.provider().equals(active.get().provider()))) {
            return new Agent.Choice(active.get().provider(), active.get().model());
        }
        if (chosen.provider().isEmpty()) {
            throw new ControlException(
                    ErrorKind.CONFIGURATION,
                    "no model is chosen at %s; name one with --model, or choose one there with hal0 providers use"
                            .formatted(address),
                    null);
        }
        return control.models(chosen.provider()).stream()
                .findFirst()
                .map(model -> new Agent.Choice(chosen.provider(), model.info().id()))
                .orElseThrow(() ->
                        new ControlException(
                                ErrorKind.UNKNOWN_MODEL,
                                "%s at %s tells no models; name one with --model"
                                        .formatted(chosen.provider(), address),
                                null));
    }

    /// What is told of a model there.
    ModelInfo known(Agent.Choice choice) {
        return find(choice.name())
                .map(ModelChoice::info)
                .orElseGet(() -> ModelInfo.of(choice.model()));
    }

    private Cost cost(String name, Usage usage) {
        return find(name)
                .map(choice -> choice.local() ? new Cost.Local() : choice.info().price().of(usage))
                .orElseGet(Cost.Unknown::new);
    }

    private Optional<ModelChoice> find(String name) {
        int slash = name.indexOf('/');
        if (slash <= 0) {
            return Optional.empty();
        }
        String model = name.substring(slash + 1);
        return lists.computeIfAbsent(name.substring(0, slash), this::list).stream()
                .filter(choice -> choice.info().id().equals(model))
                .findFirst();
    }

    private List<ModelChoice> list(String provider) {
        try {
            return control.models(provider);
        } catch (ControlException _) {
            // A slot, a route, or nothing that this key may look at: nothing is known of it.
            return List.of();
        }
    }
}
