package hal0.cli.wiring;

import hal0.agent.Agent;
import hal0.agent.session.Sessions;
import hal0.home.RelayFile;
import hal0.home.memory.Memory;
import hal0.providers.ModelClient;
import hal0.providers.ModelInfo;
import hal0.providers.message.Options;
import hal0.relay.dispatch.Catalog;
import hal0.relay.dispatch.Dispatcher;
import hal0.relay.dispatch.Target;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Begins conversations, with tools and without, whose requests go to the relay that `HAL0_API_URL`
/// names, else through the owner of the home where another process is it. Files and tools are those
/// of this machine in any case.
final class Conversations {
    private final Configuration configuration;
    private final ProviderParts providers;
    private final AnswerParts answers;
    private final Catalog catalog;
    private final Memory memory;
    private final Supplier<Optional<RelayFile>> owner;
    private final Supplier<Optional<NamedRelay>> named;
    private final Sessions sessions;

    Conversations(
            Configuration configuration,
            ProviderParts providers,
            AnswerParts answers,
            Catalog catalog,
            Memory memory,
            Supplier<Optional<RelayFile>> owner,
            Supplier<Optional<NamedRelay>> named,
            InstantSource clock) {
        this.configuration = configuration;
        this.providers = providers;
        this.answers = answers;
        this.catalog = catalog;
        this.memory = memory;
        this.owner = owner;
        this.named = named;
        this.sessions = new Sessions(configuration.home().sessionsFolder(), clock);
    }

    Sessions sessions() {
        return sessions;
    }

    Agent chat(Agent.Origin origin, Agent.Choice choice, Options options) {
        return new Agent(client(), sessions, origin, named(choice), options);
    }

    LedAgent agent(AgentWish wish) throws IOException {
        return new AgentParts(configuration, providers.transport, sessions, memory, this::known)
                .lead(wish, client(), this::named);
    }

    private ModelClient client() {
        Optional<NamedRelay> elsewhere = named.get();
        if (elsewhere.isPresent()) {
            return elsewhere.get().client(providers.client);
        }
        return new OwnerFirstClient(
                owner, answers.router, providers.client, answers.routed, providers.pricing::cost);
    }

    private Agent.Choice named(Agent.Choice choice) {
        Optional<NamedRelay> elsewhere = named.get();
        if (elsewhere.isPresent()) {
            return elsewhere.get().choice(choice);
        }
        return new ChatModel(configuration, catalog).of(choice);
    }

    /// What is known of the model that a choice leads to first.
    private ModelInfo known(Agent.Choice choice) {
        Optional<NamedRelay> elsewhere = named.get();
        if (elsewhere.isPresent()) {
            return elsewhere.get().known(choice);
        }
        return routedTo(choice.name())
                .map(target -> providers.knowledge.about(target.provider(), target.model()))
                .orElseGet(() -> ModelInfo.of(choice.model()));
    }

    /// Where a model's name leads as far as can be told without asking anybody.
    Optional<Target> routedTo(String name) {
        return Dispatcher.resolve(name, catalog.snapshot(), List.of())
                        instanceof Dispatcher.Resolution.Routed(var decision)
                ? Optional.of(decision.target())
                : Optional.empty();
    }
}
