package hal0.providers.client;

import hal0.providers.ChatStream;
import hal0.providers.ModelKnowledge;
import hal0.providers.Provider;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.dialect.Dialect;
import hal0.providers.error.ProviderException;
import hal0.providers.error.Setback;
import hal0.providers.http.Body;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Headers;
import hal0.providers.http.Transport;
import hal0.providers.http.UpstreamRequest;
import hal0.providers.http.UpstreamResponse;
import hal0.providers.message.ChatRequest;
import hal0.providers.prelude.HeardAnswer;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;

/// Asks one provider, once: no retry, no other target.
///
/// **Errors** every kind of [ProviderException], from `open` until the head of the answer and from
/// the stream after it. **Threads** any.
public final class ProviderClient {
    private static final int ERROR_BODY_LIMIT = 64 * 1024;
    private static final Duration DEMO_PACE = Duration.ofMillis(15);

    private final Transport transport;
    private final RequestBuilder requests;
    private final InstantSource clock;
    private final Duration demoPace;
    private final ModelKnowledge knowledge;
    private final ProviderScripts scripts;

    public ProviderClient(Transport transport, RequestBuilder requests, InstantSource clock) {
        this(transport, requests, clock, ProviderScripts.NONE);
    }

    /// With the scripts that complete providers.
    public ProviderClient(
            Transport transport,
            RequestBuilder requests,
            InstantSource clock,
            ProviderScripts scripts) {
        this(transport, requests, clock, DEMO_PACE, scripts, ModelKnowledge.NONE);
    }

    /// The same with what is known of models that nobody declared: their limits and abilities.
    public ProviderClient with(ModelKnowledge known) {
        return new ProviderClient(transport, requests, clock, demoPace, scripts, known);
    }

    /// **Units** `demoPace` between two words of the demo provider.
    public ProviderClient(
            Transport transport, RequestBuilder requests, InstantSource clock, Duration demoPace) {
        this(transport, requests, clock, demoPace, ProviderScripts.NONE, ModelKnowledge.NONE);
    }

    private ProviderClient(
            Transport transport,
            RequestBuilder requests,
            InstantSource clock,
            Duration demoPace,
            ProviderScripts scripts,
            ModelKnowledge knowledge) {
        this.transport = transport;
        this.requests = requests;
        this.clock = clock;
        this.demoPace = demoPace;
        this.knowledge = knowledge;
        this.scripts = scripts;
    }

    /// The scripts of the providers that this calls.
    public ProviderScripts scripts() {
        return scripts;
    }

    /// Begins an answer of the provider's own model `modelId`. The caller closes it.
    public ChatStream open(
            Provider declared, String modelId, ChatRequest request, CancelToken cancel) {
        return open(declared, modelId, request, cancel, _ -> {});
    }

    /// The same of a provider that is a relay, which may tell, before the answer, of tries that
    /// came to nothing.
    public ChatStream open(
            Provider declared,
            String modelId,
            ChatRequest request,
            CancelToken cancel,
            Consumer<Setback> setbacks) {
        Provider provider = scripts.completed(declared);
        if (DemoStream.isDemo(provider)) {
            return new DemoStream(provider, modelId, request, cancel, demoPace);
        }
        Dialect dialect = Dialects.of(provider.protocol());
        Provider informed = knowledge.informed(provider, modelId);
        Body body = Body.of("application/json", dialect.encode(informed, modelId, request));
        String accept = request.stream() ? "text/event-stream" : "application/json";
        UpstreamRequest call =
                requests.post(
                        provider,
                        modelId,
                        RequestBuilder.chatPath(dialect, provider, modelId, request.stream()),
                        Headers.builder().add("Accept", accept).build(),
                        body,
                        request.stream());
        UpstreamResponse response = transport.send(call, cancel);
        boolean handedOver = false;
        try {
            ChatStream stream = stream(dialect, call, HeardAnswer.of(response, setbacks));
            handedOver = true;
            return stream;
        } finally {
            if (!handedOver) {
                response.close();
            }
        }
    }

    /// Tells the errors of calls to `provider` apart.
    public AnswerErrors errors(Provider provider, String modelId) {
        return new AnswerErrors(provider, modelId, requests.secrets(provider), clock);
    }

    /// The error that a whole answer of another status than success stands for.
    public ProviderException failure(
            Provider provider, String modelId, int status, Headers headers, byte[] body) {
        return errors(provider, modelId).answered(status, headers, body);
    }

    private ChatStream stream(Dialect dialect, UpstreamRequest call, UpstreamResponse response) {
        AnswerErrors errors = errors(call.provider(), call.model());
        UpstreamResponse readable = response.decoded();
        int status = response.status();
        if (status < 200 || status > 299) {
            throw errors.answered(status, response.headers(), start(readable));
        }
        String type = response.headers().find("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (type.contains("html")) {
            throw errors.page(status, start(readable));
        }
        // A server may ignore what was asked for: its content type says what came.
        boolean events =
                type.contains("event-stream") || (call.streamed() && !type.contains("json"));
        return new DecodedStream(readable, dialect.decoder(errors), errors, events);
    }

    /// The beginning of a body that explains an error.
    private static byte[] start(UpstreamResponse response) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] piece = new byte[8192];
        try {
            while (bytes.size() < ERROR_BODY_LIMIT) {
                int n = response.read(piece, 0, piece.length);
                if (n < 0) {
                    break;
                }
                bytes.write(piece, 0, n);
            }
        } catch (ProviderException.BadStream e) {
            // The status is known and says more than that its explanation was cut.
            return bytes.toByteArray();
        }
        return bytes.toByteArray();
    }
}
