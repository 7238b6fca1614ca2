package hal0.relay.dispatch;

import hal0.providers.Answer;
import hal0.providers.Auth;
import hal0.providers.ChatStream;
import hal0.providers.ModelClient;
import hal0.providers.Provider;
import hal0.providers.Secret;
import hal0.providers.client.ProviderClient;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Protocol;
import hal0.providers.price.Cost;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks the models of a relay whose home is not ours, over its `/v1`.
///
/// **Shape** that relay decides where a name leads, meters and pays; here nothing is known of its
/// providers but what `pricing` says by their names. **Threads** any.
public final class RemoteModelClient implements ModelClient {
    private final ProviderClient providers;
    private final URI url;
    private final String token;
    private final Pricing pricing;

    /// What an answer of that name costs there.
    @FunctionalInterface
    public interface Pricing {
        Cost of(String model, Usage usage);
    }

    /// `url` is the relay's, without a path; no token where it needs none.
    public RemoteModelClient(ProviderClient providers, URI url, String token, Pricing pricing) {
        this.providers = providers;
        this.url = url;
        this.token = token;
        this.pricing = pricing;
    }

    @Override
    public Answer open(ChatRequest request, Call call) {
        String id = RequestId.mint();
        ChatStream stream =
                providers.open(
                        relay(id, call), request.model(), request, call.cancel(), call.setbacks());
        return new Remote(id, request.model(), stream, pricing);
    }

    private Provider relay(String id, Call call) {
        Map<String, String> headers = CallHeaders.of(id, call);
        return Provider.builder("relay", Protocol.OPENAI, URI.create(url + "/v1"))
                .auth(new Auth.BearerIfSet())
                .inlineKey(token.isEmpty() ? null : new Secret(token))
                .headers(headers)
                .build();
    }

    private record Remote(String requestId, String name, ChatStream stream, Pricing pricing)
            implements Answer {
        @Override
        public @Nullable StreamEvent next() {
            return stream.next();
        }

        @Override
        public void close() {
            stream.close();
        }

        @Override
        public String provider() {
            int slash = name.indexOf('/');
            return slash < 0 ? "relay" : name.substring(0, slash);
        }

        @Override
        public String model() {
            return name.substring(name.indexOf('/') + 1);
        }

        @Override
        public Cost cost(Usage usage) {
            return pricing.of(name, usage);
        }
    }
}
