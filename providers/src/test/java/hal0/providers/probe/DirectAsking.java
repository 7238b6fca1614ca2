package hal0.providers.probe;

import hal0.providers.Answer;
import hal0.providers.ChatStream;
import hal0.providers.ModelKnowledge;
import hal0.providers.Pricing;
import hal0.providers.Provider;
import hal0.providers.client.ProviderClient;
import hal0.providers.client.RequestBuilder;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.http.AddressGuard;
import hal0.providers.http.CancelToken;
import hal0.providers.http.OkHttpTransport;
import hal0.providers.message.ChatRequest;
import hal0.providers.price.Cost;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Asks over real HTTP, once each time, and keeps what was asked.
final class DirectAsking implements Asking, AutoCloseable {
    private final OkHttpTransport transport =
            new OkHttpTransport("test", new AddressGuard(Set.of()), _ -> Optional.empty());
    private final ProviderClient client =
            new ProviderClient(
                    transport,
                    new RequestBuilder(_ -> Optional.empty()),
                    InstantSource.system(),
                    Duration.ZERO);
    private final List<ChatRequest> requests = new ArrayList<>();

    List<ChatRequest> requests() {
        return requests;
    }

    @Override
    public Answer open(Provider provider, String model, ChatRequest request, CancelToken cancel) {
        requests.add(request);
        return new Direct(client.open(provider, model, request, cancel), provider, model);
    }

    private record Direct(ChatStream stream, Provider of, String model) implements Answer {
        @Override
        public String requestId() {
            return "r";
        }

        @Override
        public String provider() {
            return of.id();
        }

        @Override
        public Cost cost(Usage usage) {
            return new Pricing(ModelKnowledge.NONE).cost(of, model, usage);
        }

        @Override
        public @Nullable StreamEvent next() {
            return stream.next();
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
