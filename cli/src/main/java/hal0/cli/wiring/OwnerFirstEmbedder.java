package hal0.cli.wiring;

import hal0.home.RelayFile;
import hal0.home.memory.Embedder;
import hal0.relay.embed.EmbedModel;
import hal0.relay.embed.RelayEmbedder;
import hal0.relay.embed.RoutedEmbedder;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Has texts embedded by the process that owns the home, which has its slots, else by this one.
///
/// **Shape** the owner is looked for anew for each call: it may come and go. **Threads** any.
record OwnerFirstEmbedder(
        EmbedModel chosen,
        Supplier<Optional<RelayFile>> owner,
        ProviderParts providers,
        Supplier<AnswerParts> answers,
        InstantSource clock)
        implements Embedder {

    @Override
    public String model() {
        return chosen.name();
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        return owner.get().map(this::attached).orElseGet(this::own).embed(texts);
    }

    private Embedder attached(RelayFile running) {
        return new RelayEmbedder(
                chosen,
                providers.transport,
                providers.requests,
                running.address(),
                running.adminToken());
    }

    private Embedder own() {
        AnswerParts here = answers.get();
        return new RoutedEmbedder(chosen, here.router, here.operations(), here.metering, clock);
    }
}
