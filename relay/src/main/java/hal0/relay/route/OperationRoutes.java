package hal0.relay.route;

import hal0.home.error.ErrorKind;
import hal0.providers.message.Protocol;
import hal0.relay.answer.RequestScan;
import hal0.relay.budget.TokenEstimate;
import hal0.relay.dispatch.Decision;
import hal0.relay.dispatch.Meter;
import hal0.relay.dispatch.Metering;
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
    private final Metering metering;
    private final InstantSource clock;
    private final KeyCheck keys;
    private final SlotPatience patience;

    /// `limit` is for JSON, `uploads` for forms with files.
    public OperationRoutes(
            BodyLimit limit,
            Form.Limits uploads,
            Router router,
            OperationPass pass,
            Metering metering,
            InstantSource clock,
            KeyCheck keys,
            SlotPatience patience) {
        this.limit = limit;
        this.uploads = uploads;
        this.router = router;
        this.pass = pass;
        this.metering = metering;
        this.clock = clock;
        this.keys = keys;
        this.patience = patience;
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
                        (exchange, _) -> answer(exchange, operation))
                .about(About.of(operation.about()));
    }

    private void answer(Exchange exchange, Operation operation) {
        Content content;
        boolean read = false;
        try {
            content = content(exchange, operation);
            read = true;
        } finally {
            if (!read) {
                exchange.giveBack();
            }
        }
        switch (content) {
            case Content.Json json -> answer(exchange, operation, json);
            case Form form -> {
                try (form) {
                    answer(exchange, operation, form);
                }
                if (!form.isAtEnd()) {
                    // The provider did not want the rest, and what the client still sends is no
                    // request.
                    exchange.leave("the answer came before the form's end");
                }
            }
        }
    }

    private Content content(Exchange exchange, Operation operation) {
        String type =
                Objects.requireNonNullElse(exchange.header("Content-Type"), "application/json");
        if (!FormBoundary.isForm(type)) {
            byte[] body = exchange.body(limit);
            return new Content.Json(body, RequestScan.of(body), type);
        }
        if (operation.takesForms()) {
            return exchange.form(type, uploads);
        }
        throw RelayException.of(
                415,
                "request.content_type",
                "%s takes a JSON object (Content-Type: application/json), not a form"
                        .formatted(exchange.path()));
    }

    private void answer(Exchange exchange, Operation operation, Content content) {
        Order order =
                new Order(
                        operation,
                        content,
                        Inference.headers(exchange),
                        HeaderRules.acceptEncoding(
                                Objects.requireNonNullElse(
                                        exchange.header("Accept-Encoding"), "")));
        Meter meter = metering.begin(caller(exchange, content), exchange.waits());
        try {
            Decision decision = router.decide(exchange.id(), content.model(), operation.kind());
            meter.decided(decision);
            keys.model(exchange.principal(), decision);
            long tokens = tokens(content);
            try (var _ =
                    keys.hold(exchange.principal(), exchange.id(), decision.target(), tokens, 0)) {
                pass(exchange, order, decision, meter);
            }
        } finally {
            if (!meter.isTried()) {
                exchange.giveBack();
            }
            // Of a request that leads nowhere nobody has said so yet.
            meter.failed(ErrorKind.UNKNOWN_MODEL);
        }
    }

    private void pass(Exchange exchange, Order order, Decision decision, Meter meter) {
        boolean roomy = order.operation() == Operation.COMPLETIONS && order.content().streamed();
        patience.around(
                new SlotPatience.Asked(exchange, decision, Protocol.OPENAI, roomy),
                exchange,
                to -> pass.answer(order, decision, meter, to, exchange.cancel()));
    }

    private Meter.Caller caller(Exchange exchange, Content content) {
        return new Meter.Caller(
                exchange.id(),
                clock.instant(),
                exchange.startedNanos(),
                Inference.client(exchange),
                Inference.purse(exchange),
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
