package hal0.relay.translate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import hal0.providers.Provider;
import hal0.providers.client.Dialects;
import hal0.providers.client.ProviderClient;
import hal0.providers.client.RequestBuilder;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.ReadRequest;
import hal0.providers.dialect.TokenCounting;
import hal0.providers.http.Body;
import hal0.providers.http.Headers;
import hal0.providers.http.Transport;
import hal0.providers.http.UpstreamResponse;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Protocol;
import hal0.relay.answer.AnswerHeaders;
import hal0.relay.answer.Delivery;
import hal0.relay.answer.Question;
import hal0.relay.answer.Reply;
import hal0.relay.budget.TokenEstimate;
import hal0.relay.dispatch.Target;
import hal0.relay.forward.Splice;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Tells a client how many tokens its request has, as the target counts them.
///
/// **Shape** a target of the client's protocol is passed the client's own bytes, one of another
/// that counts is asked in its own. Where nobody counts the answer is an estimate, and says so in
/// `x-hal0-estimated`. **Errors** [hal0.providers.error.ProviderException] when the target refuses.
/// **Threads** any; one call per request, on the request's thread.
public final class Counting {
    private static final String JSON = "application/json";
    private static final String WHOLE_REQUEST = "\"generateContentRequest\"";
    private static final long LARGEST = 1024 * 1024;

    private final Transport transport;
    private final RequestBuilder requests;
    private final ProviderClient providers;

    public Counting(Transport transport, RequestBuilder requests, ProviderClient providers) {
        this.transport = transport;
        this.requests = requests;
        this.providers = providers;
    }

    /// Answers the client.
    public void answer(Question question, Delivery delivery) {
        Target target = delivery.decision().target();
        Provider provider = target.provider();
        boolean counts =
                Dialects.of(provider.protocol()) instanceof TokenCounting
                        && provider.baseUrl().getHost() != null;
        if (!counts || !told(question, target, delivery)) {
            Reply reply = delivery.reply();
            reply.set("x-hal0-estimated", "true");
            send(delivery, 200, served(question).writeCount(estimate(question)));
        }
    }

    private static TokenCounting.Served served(Question question) {
        if (Dialects.of(question.protocol()) instanceof TokenCounting.Served served) {
            return served;
        }
        throw new IllegalStateException(question.protocol() + " has no counting");
    }

    /// False where the target has no such page.
    private boolean told(Question question, Target target, Delivery delivery) {
        Body own = passable(question, target);
        Body body = own == null ? Body.of(JSON, translated(question, target)) : own;
        AnswerErrors errors = providers.errors(target.provider(), target.model());
        try (UpstreamResponse response = send(question, target, body, delivery)) {
            int status = response.status();
            if (status == 404 || status == 405 || status == 501) {
                return false;
            }
            byte[] said = response.decoded().readAll(LARGEST);
            if (own != null && (status < 300 || status > 399)) {
                send(delivery, status, said);
                return true;
            }
            if (status < 200 || status > 299) {
                throw errors.answered(status, response.headers(), said);
            }
            long tokens = counting(target).readCount(said, errors);
            send(delivery, 200, served(question).writeCount(tokens));
            return true;
        }
    }

    private static TokenCounting counting(Target target) {
        return (TokenCounting) Dialects.of(target.provider().protocol());
    }

    /// The client's bytes where the target reads them; null where it has to be told.
    private static @Nullable Body passable(Question question, Target target) {
        if (question.protocol() != target.provider().protocol() || question.mayBringBack()) {
            return null;
        }
        if (question.protocol() == Protocol.GEMINI) {
            // A whole request within one field names its model again.
            String text = new String(question.body(), ISO_8859_1);
            return text.contains(WHOLE_REQUEST) ? null : Body.of(JSON, question.body());
        }
        return new Splice(question.body())
                .model(question.scan(), target.model())
                .toBody(question.contentType());
    }

    private static byte[] translated(Question question, Target target) {
        ChatRequest request =
                new ReturnedSignatures(
                                question.protocol(),
                                target.provider().protocol(),
                                Signer.of(target))
                        .in(counted(question).request());
        return counting(target).encodeCount(target.provider(), target.model(), request);
    }

    private static ReadRequest counted(Question question) {
        try {
            return served(question).readCountRequest(question.body(), question.line());
        } catch (InvalidRequestException e) {
            throw Translation.refused(e);
        }
    }

    private static long estimate(Question question) {
        return Math.max(1, TokenEstimate.of(counted(question).request()));
    }

    private UpstreamResponse send(Question question, Target target, Body body, Delivery delivery) {
        Headers.Builder headers = Headers.builder();
        if (question.protocol() == target.provider().protocol()) {
            question.headers().forEach(headers::add);
        }
        headers.set("Accept-Encoding", "identity").set("Accept", JSON);
        Provider provider = target.provider();
        String path = counting(target).countPath(provider.baseUrl(), target.model());
        long before = System.nanoTime();
        try {
            return transport.send(
                    requests.post(provider, target.model(), path, headers.build(), body, false),
                    delivery.cancel());
        } finally {
            delivery.meter().waited(System.nanoTime() - before);
        }
    }

    private static void send(Delivery delivery, int status, byte[] body) {
        delivery.reply().status(status).set("Content-Type", JSON);
        AnswerHeaders.write(delivery, delivery.decision().target());
        try {
            delivery.reply().send(body);
        } catch (IOException e) {
            // Only writing to the client throws this: it is gone.
            throw delivery.reply().abort("the client left");
        }
    }
}
