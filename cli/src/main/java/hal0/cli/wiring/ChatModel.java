package hal0.cli.wiring;

import hal0.agent.Agent;
import hal0.home.error.ErrorKind;
import hal0.providers.Provider;
import hal0.relay.control.ControlException;
import hal0.relay.dispatch.Catalog;

/// Which model a conversation is with, where the user named only a provider.
///
/// **Errors** [ControlException] when there is no such provider, or it tells no models.
record ChatModel(Configuration configuration, Catalog catalog) {

    /// A provider without a model is asked for its usual one.
    Agent.Choice of(Agent.Choice chosen) {
        if (chosen.provider().isEmpty() || !chosen.model().isEmpty()) {
            return chosen;
        }
        return configuration
                .active()
                .filter(active -> active.provider().equals(chosen.provider()))
                .filter(active -> !active.model().isEmpty())
                .map(active -> new Agent.Choice(active.provider(), active.model()))
                .orElseGet(
                        () -> new Agent.Choice(chosen.provider(), usualModel(chosen.provider())));
    }

    private String usualModel(String id) {
        Provider provider = NamedProvider.of(configuration, id);
        String usual = UsualModel.of(provider);
        if (!usual.isEmpty()) {
            return usual;
        }
        return catalog.models(provider).stream()
                .findFirst()
                .map(model -> model.info().id())
                .orElseThrow(() ->
                        new ControlException(
                                ErrorKind.UNKNOWN_MODEL,
                                "%s at %s tells no models; name one with --model"
                                        .formatted(id, provider.baseUrl()),
                                null));
    }
}
