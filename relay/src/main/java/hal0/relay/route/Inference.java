package hal0.relay.route;

import hal0.home.ledger.Ledger;
import hal0.providers.http.Headers;
import hal0.providers.message.Protocol;
import hal0.relay.budget.TokenEstimate;
import hal0.relay.dispatch.Decision;
import hal0.relay.dispatch.Meter;
import hal0.relay.dispatch.RequestId;
import hal0.relay.dispatch.Router;
import hal0.relay.error.RelayException;
import hal0.relay.forward.HeaderRules;
import hal0.relay.forward.PassThrough;
import hal0.relay.forward.RequestScan;
import hal0.relay.guard.BodyLimit;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The routes that models answer: `/v1/chat/completions` and `/v1/messages`.
public final class Inference {
    private final BodyLimit limit;
    private final Router router;
    private final PassThrough passThrough;
    private final Ledger ledger;
    private final Meter.Pricing pricing;
    private final InstantSource clock;

    public Inference(
            BodyLimit limit,
            Router router,
            PassThrough passThrough,
            Ledger ledger,
            Meter.Pricing pricing,
            InstantSource clock) {
        this.limit = limit;
        this.router = router;
        this.passThrough = passThrough;
        this.ledger = ledger;
        this.pricing = pricing;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                new Route(
                        "POST",
                        "/v1/chat/completions",
                        Route.Access.OPEN,
                        Route.Purpose.INFERENCE,
                        (exchange, _) -> answer(exchange, Protocol.OPENAI)),
                new Route(
                        "POST",
                        "/v1/messages",
                        Route.Access.OPEN,
                        Route.Purpose.INFERENCE,
                        (exchange, _) -> answer(exchange, Protocol.ANTHROPIC)));
    }

    private void answer(Exchange exchange, Protocol protocol) {
        long before = System.nanoTime();
        byte[] body = exchange.body(limit);
        long uploading = System.nanoTime() - before;
        RequestScan scan = RequestScan.of(body);
        Decision decision =
                router.decide(exchange.id(), Objects.requireNonNullElse(scan.model(), ""));
        if (decision.target().provider().baseUrl().getHost() == null) {
            throw inProcess(decision);
        }
        if (decision.target().provider().protocol() != protocol) {
            throw otherDialect(decision, protocol, exchange.path());
        }
        Meter meter = new Meter(ledger, pricing, caller(exchange, protocol, scan, body));
        meter.waited(uploading);
        passThrough.forward(
                new PassThrough.Question(
                        protocol,
                        body,
                        scan,
                        headers(exchange),
                        HeaderRules.acceptEncoding(
                                Objects.requireNonNullElse(exchange.header("Accept-Encoding"), "")),
                        Objects.requireNonNullElse(
                                exchange.header("Content-Type"), "application/json")),
                decision,
                meter,
                exchange,
                exchange.cancel());
    }

    private static RelayException inProcess(Decision decision) {
        return RelayException.at(
                "model",
                400,
                "dispatch.in_process",
                "%s has no address to pass requests on to; it answers in the screen and in `hal0 ask` only, so choose another model"
                        .formatted(decision.target()));
    }

    private static RelayException otherDialect(Decision decision, Protocol asked, String path) {
        String speaks = decision.target().provider().protocol().key();
        String other =
                Stream.of(Protocol.values())
                        .filter(p -> p == decision.target().provider().protocol())
                        .map(Inference::path)
                        .findFirst()
                        .orElse("");
        String advice =
                other.isEmpty()
                        ? "choose a model of an %s provider".formatted(asked.key())
                        : "send it to %s, or choose a model of an %s provider"
                                .formatted(other, asked.key());
        return RelayException.at(
                "model",
                400,
                "dispatch.dialect",
                "%s takes %s requests, but %s speaks %s, and this version does not translate; %s"
                        .formatted(path, asked.key(), decision.target(), speaks, advice));
    }

    private static String path(Protocol protocol) {
        return switch (protocol) {
            case OPENAI -> "/v1/chat/completions";
            case ANTHROPIC -> "/v1/messages";
            case RESPONSES, GEMINI -> "";
        };
    }

    private Meter.Caller caller(
            Exchange exchange, Protocol protocol, RequestScan scan, byte[] body) {
        String client = exchange.header("x-hal0-client");
        String session = exchange.header("x-hal0-session");
        return new Meter.Caller(
                exchange.id(),
                clock.instant(),
                exchange.startedNanos(),
                client == null ? "relay" : RequestId.cleaned(client),
                session == null ? null : RequestId.cleaned(session),
                protocol.shortName(),
                Objects.requireNonNullElse(scan.model(), ""),
                scan.stream(),
                () -> TokenEstimate.of(body));
    }

    private static Headers headers(Exchange exchange) {
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
