package hal0.relay.route;

import hal0.home.ledger.Ledger;
import hal0.providers.message.Protocol;
import hal0.relay.answer.RequestScan;
import hal0.relay.budget.TokenEstimate;
import hal0.relay.dispatch.Decision;
import hal0.relay.dispatch.Meter;
import hal0.relay.dispatch.RequestId;
import hal0.relay.dispatch.Router;
import hal0.relay.error.RelayException;
import hal0.relay.forward.HeaderRules;
import hal0.relay.forward.OperationPass;
import hal0.relay.guard.BodyLimit;
import hal0.relay.operation.Content;
import hal0.relay.operation.Form;
import hal0.relay.operation.FormBoundary;
import hal0.relay.operation.Operation;
import hal0.relay.operation.Order;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The routes that models answer without a conversation: embeddings, rankings, verdicts, pictures,
/// speech.
public final class OperationRoutes {
    private final BodyLimit limit;
    private final Form.Limits uploads;
    private final Router router;
    private final OperationPass pass;
    private final Ledger ledger;
    private final Meter.Pricing pricing;
    private final InstantSource clock;

    /// `limit` is for JSON, `uploads` for forms with files.
    public OperationRoutes(
            BodyLimit limit,
            Form.Limits uploads,
            Router router,
            OperationPass pass,
            Ledger ledger,
            Meter.Pricing pricing,
            InstantSource clock) {
        this.limit = limit;
        this.uploads = uploads;
        this.router = router;
        this.pass = pass;
        this.ledger = ledger;
        this.pricing = pricing;
        this.clock = clock;
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            routes.add(route("/v1" + operation.path(), operation));
        }
        routes.add(route("/v1/rerankings", Operation.RERANK));
        return routes;
    }

    private Route route(String path, Operation operation) {
        return new Route(
                "POST",
                path,
                Route.Access.CLIENT,
                Route.Purpose.INFERENCE,
                (exchange, _) -> answer(exchange, operation));
    }

    private void answer(Exchange exchange, Operation operation) {
        String type =
                Objects.requireNonNullElse(exchange.header("Content-Type"), "application/json");
        if (!FormBoundary.isForm(type)) {
            json(exchange, operation, type);
        } else if (operation.takesForms()) {
            form(exchange, operation, type);
        } else {
            throw RelayException.of(
                    415,
                    "request.content_type",
                    "%s takes a JSON object (Content-Type: application/json), not a form"
                            .formatted(exchange.path()));
        }
    }

    private void json(Exchange exchange, Operation operation, String type) {
        long before = System.nanoTime();
        byte[] body = exchange.body(limit);
        long uploading = System.nanoTime() - before;
        Content content = new Content.Json(body, RequestScan.of(body), type);
        answer(exchange, operation, content, uploading);
    }

    private void form(Exchange exchange, Operation operation, String type) {
        long before = System.nanoTime();
        try (Form form = exchange.form(type, uploads)) {
            answer(exchange, operation, form, System.nanoTime() - before);
            if (!form.isAtEnd()) {
                // The provider did not want the rest, and what the client still sends is no
                // request.
                exchange.leave("the answer came before the form's end");
            }
        }
    }

    private void answer(
            Exchange exchange, Operation operation, Content content, long uploadingNanos) {
        Order order =
                new Order(
                        operation,
                        content,
                        Inference.headers(exchange),
                        HeaderRules.acceptEncoding(
                                Objects.requireNonNullElse(
                                        exchange.header("Accept-Encoding"), "")));
        Decision decision = router.decide(exchange.id(), content.model());
        Meter meter = new Meter(ledger, pricing, caller(exchange, content));
        meter.waited(uploadingNanos);
        pass.answer(order, decision, meter, exchange, exchange.cancel());
    }

    private Meter.Caller caller(Exchange exchange, Content content) {
        String client = exchange.header("x-hal0-client");
        String session = exchange.header("x-hal0-session");
        return new Meter.Caller(
                exchange.id(),
                clock.instant(),
                exchange.startedNanos(),
                client == null ? "relay" : RequestId.cleaned(client),
                session == null ? null : RequestId.cleaned(session),
                exchange.principal().keyId(),
                Protocol.OPENAI.shortName(),
                content.model(),
                content.streamed(),
                () -> tokens(content));
    }

    /// What a file costs nobody can tell from its length.
    private static long tokens(Content content) {
        return switch (content) {
            case Content.Json(var body, _, _) -> TokenEstimate.of(body);
            case Form _ -> 0;
        };
    }
}
