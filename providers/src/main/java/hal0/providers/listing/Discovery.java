package hal0.providers.listing;

import hal0.home.error.ErrorKind;
import hal0.providers.ModelInfo;
import hal0.providers.Presets;
import hal0.providers.Provider;
import hal0.providers.client.RequestBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Finds what could be used without any configuration: presets whose key is set, and servers that
/// answer on this machine.
///
/// **Threads** any; blocks for about `patience` at most.
public final class Discovery {
    private static final Set<String> SERVERS = Set.of("ollama", "lmstudio", "vllm", "llamacpp");

    private final Presets presets;
    private final RequestBuilder requests;
    private final ModelLists lists;

    public Discovery(Presets presets, RequestBuilder requests, ModelLists lists) {
        this.presets = presets;
        this.requests = requests;
        this.lists = lists;
    }

    /// Something usable.
    public sealed interface Found {
        Provider provider();

        /// The key of a hosted provider is set; whether it is right only a call can tell.
        record KeySet(Provider provider) implements Found {}

        /// A server answered with these models, perhaps none.
        record Answers(Provider provider, List<ModelInfo> models) implements Found {}
    }

    /// Servers that answer, in the order of the presets, then presets with a key.
    ///
    /// **Shape** `own` are addresses of this hal0, which is never its own provider; other relays of
    /// hal0 are left out too.
    public List<Found> look(Set<URI> own, Duration patience) {
        List<FutureTask<Listing>> asked = new ArrayList<>();
        List<Provider> servers = servers(own);
        for (Provider server : servers) {
            FutureTask<Listing> task = new FutureTask<>(() -> lists.fetch(server, patience));
            asked.add(task);
            Thread.ofVirtual().name("discovery " + server.id()).start(task);
        }
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            if (result(asked.get(i)) instanceof Listing.Listed listed && !listed.hal0()) {
                found.add(new Found.Answers(servers.get(i), listed.models()));
            }
        }
        for (Provider preset : presets.all()) {
            if (preset.keyNeeded() && requests.hasWhatItNeeds(preset)) {
                found.add(new Found.KeySet(preset));
            }
        }
        return List.copyOf(found);
    }

    private List<Provider> servers(Set<URI> own) {
        Set<Integer> ownPorts = new HashSet<>();
        own.forEach(uri -> ownPorts.add(uri.getPort()));
        return presets.all().stream()
                .filter(preset -> SERVERS.contains(preset.id()))
                .filter(preset -> !ownPorts.contains(preset.baseUrl().getPort()))
                .toList();
    }

    private static Listing result(FutureTask<Listing> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Listing.Failed(ErrorKind.CANCELLED, "interrupted while looking around");
        } catch (ExecutionException e) {
            throw new IllegalStateException("looking around failed", e.getCause());
        }
    }
}
