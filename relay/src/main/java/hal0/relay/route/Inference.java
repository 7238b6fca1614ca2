package hal0.relay.route;

import hal0.home.error.ErrorKind;
import hal0.providers.dialect.RequestLine;
import hal0.providers.http.Headers;
import hal0.providers.message.Protocol;
import hal0.relay.answer.Answering;
import hal0.relay.answer.Delivery;
import hal0.relay.answer.Question;
import hal0.relay.answer.Reply;
import hal0.relay.answer.RequestScan;
import hal0.relay.budget.Budget;
import hal0.relay.budget.TokenEstimate;
import hal0.relay.budget.TurnField;
import hal0.relay.dispatch.Decision;
import hal0.relay.dispatch.Meter;
import hal0.relay.dispatch.Metering;
import hal0.relay.dispatch.RequestId;
import hal0.relay.dispatch.Router;
import hal0.relay.error.RelayException;
import hal0.relay.forward.HeaderRules;
import hal0.relay.guard.BodyLimit;
import hal0.relay.rescue.Continuation;
import hal0.relay.translate.Counting;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/// The routes that models answer in conversations, one for each protocol.
public final class Inference {
    private final BodyLimit limit;
    private final Router router;
    private final Answering answering;
    private final Counting counting;
    private final Metering metering;
    private final InstantSource clock;
    private final KeyCheck keys;
    private final SlotPatience patience;

    public Inference(
            BodyLimit limit,
            Router router,
            Answering answering,
            Counting counting,
            Metering metering,
            InstantSource clock,
            KeyCheck keys,
            SlotPatience patience) {
        this.limit = limit;
        this.router = router;
        this.answering = answering;
        this.counting = counting;
        this.metering = metering;
        this.clock = clock;
        this.keys = keys;
        this.patience = patience;
    }

    List<Route> routes() {
        return List.of(
                route(
                        "/v1/chat/completions",
                        "OpenAI Chat Completions, streamed or not.",
                        (e, _) -> answer(e, Protocol.OPENAI)),
                route(
                        "/v1/responses",
                        "OpenAI Responses, streamed or not.",
                        (e, _) -> answer(e, Protocol.RESPONSES)),
                route(
                        "/v1/responses/input_tokens",
                        "How many tokens a request for a response has.",
                        (e, _) -> count(e, Protocol.RESPONSES)),
                route(
                        "/v1/messages",
                        "Anthropic Messages, streamed or not.",
                        (e, _) -> answer(e, Protocol.ANTHROPIC)),
                route(
                        "/v1/messages/count_tokens",
                        "How many tokens a request for a message has.",
                        (e, _) -> count(e, Protocol.ANTHROPIC)),
                route(
                        "/v1beta/models/{rest}",
                        "Google Gemini: MODEL:generateContent, :streamGenerateContent, :countTokens.",
                        this::gemini));
    }

    private static Route route(String path, String about, Route.Handler handler) {
        return new Route("POST", path, Route.Access.CLIENT, Route.Purpose.INFERENCE, handler)
                .about(About.of(about));
    }

    private void answer(Exchange exchange, Protocol protocol) {
        answer(exchange, protocol, RequestLine.SILENT, exchange);
    }

    private void count(Exchange exchange, Protocol protocol) {
        count(exchange, protocol, RequestLine.SILENT);
    }

    /// `MODEL:generateContent`, its streamed form and `:countTokens`: the model's own name may hold
    /// colons too.
    private void gemini(Exchange exchange, String rest) {
        int colon = rest.lastIndexOf(':');
        String method = colon < 0 ? "" : rest.substring(colon + 1);
        switch (method) {
            case "generateContent" ->
                    answer(exchange, Protocol.GEMINI, line(rest, colon, false), exchange);
            case "streamGenerateContent" ->
                    answer(
                            exchange,
                            Protocol.GEMINI,
                            line(rest, colon, true),
                            "sse".equals(exchange.query("alt"))
                                    ? exchange
                                    : new ArrayReply(exchange));
            case "countTokens" -> count(exchange, Protocol.GEMINI, line(rest, colon, false));
            default ->
                    throw RelayException.of(
                            404, "route.not_found", "there is nothing at " + exchange.path());
        }
    }

    /// Whether that is a model with something to be done with it, and no model alone.
    static boolean isGeminiMethod(String rest) {
        return rest.endsWith(":generateContent")
                || rest.endsWith(":streamGenerateContent")
                || rest.endsWith(":countTokens");
    }

    private static RequestLine line(String rest, int colon, boolean streamed) {
        String model = PathName.of(rest.substring(0, colon));
        return new RequestLine(model, streamed);
    }

    private void answer(Exchange exchange, Protocol protocol, RequestLine line, Reply reply) {
        Meter meter = null;
        try {
            boolean plain = reply == exchange && !SlotPatience.hears(exchange);
            Question question = question(exchange, protocol, line, plain);
            meter = metering.begin(caller(exchange, question), exchange.waits());
            Decision decision = router.decide(exchange.id(), question.model());
            meter.decided(decision);
            keys.model(exchange.principal(), decision);
            try (var _ =
                    keys.hold(exchange.principal(), exchange.id(), question, decision.target())) {
                answer(exchange, question, decision, meter, reply);
            }
        } finally {
            if (meter == null || !meter.isTried()) {
                exchange.giveBack();
            }
            if (meter != null) {
                // Of a request that leads nowhere nobody has said so yet.
                meter.failed(ErrorKind.UNKNOWN_MODEL);
            }
        }
    }

    private void answer(
            Exchange exchange, Question question, Decision decision, Meter meter, Reply reply) {
        // Only events leave room for comments.
        boolean roomy = question.streamed() && reply == exchange;
        patience.around(
                new SlotPatience.Asked(exchange, decision, question.protocol(), roomy),
                reply,
                to -> answering.answer(question, decision, meter, to, exchange.cancel()));
    }

    /// What is only counted leaves no row and takes none of a key's requests: no model was asked.
    private void count(Exchange exchange, Protocol protocol, RequestLine line) {
        exchange.giveBack();
        Question question = question(exchange, protocol, line, true);
        Decision decision = router.decide(exchange.id(), question.model());
        keys.model(exchange.principal(), decision);
        Meter meter = metering.unheard(caller(exchange, question), exchange.waits());
        counting.answer(
                question,
                new Delivery(decision, 1, meter, exchange, exchange.cancel(), Continuation.NOBODY));
    }

    /// What is encoded cannot be written anew on its way, as a reply that is not `plain` needs.
    private Question question(
            Exchange exchange, Protocol protocol, RequestLine line, boolean plain) {
        byte[] body = exchange.body(limit);
        String accepted = Objects.requireNonNullElse(exchange.header("Accept-Encoding"), "");
        return new Question(
                protocol,
                body,
                RequestScan.of(body),
                line,
                headers(exchange),
                plain ? HeaderRules.acceptEncoding(accepted) : "identity",
                Objects.requireNonNullElse(exchange.header("Content-Type"), "application/json"));
    }

    private Meter.Caller caller(Exchange exchange, Question question) {
        return new Meter.Caller(
                exchange.id(),
                clock.instant(),
                exchange.startedNanos(),
                client(exchange),
                purse(exchange),
                exchange.principal().keyId(),
                question.protocol().shortName(),
                question.model(),
                question.streamed(),
                () -> TokenEstimate.of(question.body()));
    }

    /// The session and the turn that a client says its request belongs to.
    static Budget.Purse purse(Exchange exchange) {
        String session = exchange.header("x-hal0-session");
        return new Budget.Purse(
                session == null ? null : RequestId.cleaned(session),
                TurnField.read(exchange.header(TurnField.NAME)));
    }

    /// A key has a name of its own, whatever its holder says; else this home's programs say theirs.
    static String client(Exchange exchange) {
        if (exchange.principal().keyId() != null) {
            return exchange.principal().name();
        }
        String client = exchange.header("x-hal0-client");
        return client == null ? "relay" : RequestId.cleaned(client);
    }

    static Headers headers(Exchange exchange) {
        Headers.Builder headers = Headers.builder();
        String connection = Objects.requireNonNullElse(exchange.header("Connection"), "");
        exchange.forEachHeader((name, value) -> {
            if (HeaderRules.toUpstream(name) && !HeaderRules.names(connection, name)) {
                headers.add(name, value);
            }
        });
        return headers.build();
    }
}
