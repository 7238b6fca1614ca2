package hal0.relay.dispatch;

import hal0.providers.Answer;
import hal0.providers.Auth;
import hal0.providers.ChatStream;
import hal0.providers.Endpoints;
import hal0.providers.ModelClient;
import hal0.providers.Provider;
import hal0.providers.Secret;
import hal0.providers.Timeouts;
import hal0.providers.client.ProviderClient;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Protocol;
import hal0.providers.price.Cost;
import hal0.relay.budget.TokenEstimate;
import hal0.relay.routing.SlotAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Answers through the `/v1` of the process that owns the home, which routes, tries and meters.
///
/// **Shape** the owner passes through what is asked in the provider's own dialect, so the request
/// is written in that. A provider that lives inside a process (`demo`) is asked in this one.
public final class AttachedModelClient implements ModelClient {

    /// Where the owner listens, and the token that it made for its home.
    public record Owner(URI url, String token) {
        @Override
        public String toString() {
            return url.toString();
        }
    }

    private static final int LONGEST_LOAD_SECONDS = 3600;

    private final Router router;
    private final ProviderClient providers;
    private final ModelClient inProcess;
    private final Owner owner;
    private final Meter.Pricing pricing;

    public AttachedModelClient(
            Router router,
            ProviderClient providers,
            ModelClient inProcess,
            Owner owner,
            Meter.Pricing pricing) {
        this.router = router;
        this.providers = providers;
        this.inProcess = inProcess;
        this.owner = owner;
        this.pricing = pricing;
    }

    @Override
    public Answer open(ChatRequest request, Call call) {
        String id = RequestId.mint();
        Decision decision = router.decideHere(id, request.model());
        Target target = decision.target();
        if (target.provider().baseUrl().getHost() == null) {
            return inProcess.open(request, call);
        }
        // Asked for the target of a route, the owner could go on to no other.
        boolean slot = SlotAddress.isSlot(target.provider());
        String model = decision.isRoute() || slot ? request.model() : target.toString();
        ChatStream stream =
                providers.open(
                        relayed(target.provider(), id, call),
                        model,
                        request,
                        call.cancel(),
                        call.setbacks());
        return new Attached(id, target, stream, pricing, () -> TokenEstimate.of(request));
    }

    /// The provider as it is reached through the owner: its dialect, the owner's address and key.
    /// Paths of its own and its script are for the owner to heed, who calls the provider itself:
    /// here the script would see the owner's token, and change the request twice.
    private Provider relayed(Provider provider, String id, Call call) {
        Map<String, String> headers = CallHeaders.of(id, call);
        if (SlotAddress.isSlot(provider)) {
            // The owner waits as long as loading takes: somebody looks on here who can leave.
            headers.put("x-hal0-wait", String.valueOf(LONGEST_LOAD_SECONDS));
        }
        return provider.toBuilder()
                .baseUrl(URI.create(owner.url() + prefix(provider.protocol())))
                .auth(new Auth.Bearer())
                .inlineKey(new Secret(owner.token()))
                .keyNames(List.of())
                .headers(headers)
                .query(Map.of())
                .endpoints(Endpoints.USUAL)
                .script(null)
                .proxy(null)
                .timeouts(timeouts(provider))
                .build();
    }

    /// What the owner says while a slot is loading is no content.
    private static Timeouts timeouts(Provider provider) {
        Timeouts own = provider.timeouts();
        return SlotAddress.isSlot(provider)
                ? new Timeouts(own.connect(), Duration.ZERO, own.idle(), own.total())
                : own;
    }

    private static String prefix(Protocol protocol) {
        return switch (protocol) {
            case OPENAI, RESPONSES, ANTHROPIC -> "/v1";
            case GEMINI -> "/v1beta";
        };
    }

    private record Attached(
            String requestId,
            Target target,
            ChatStream stream,
            Meter.Pricing pricing,
            LongSupplier estimatedTokens)
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
            return target.provider().id();
        }

        @Override
        public String model() {
            return target.model();
        }

        @Override
        public Cost cost(Usage usage) {
            return pricing.cost(target.provider(), target.model(), usage);
        }

        @Override
        public Cost estimate() {
            return cost(Usage.of(estimatedTokens.getAsLong(), 0));
        }
    }
}
