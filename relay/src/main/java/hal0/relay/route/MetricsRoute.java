package hal0.relay.route;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/// `/metrics`: numbers for Prometheus. Who may ask models may read them.
public final class MetricsRoute implements RouteFamily {
    private final Supplier<byte[]> text;

    /// **Shape** `text` is in Prometheus' format, version 0.0.4.
    public MetricsRoute(Supplier<byte[]> text) {
        this.text = text;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/metrics", Route.Access.CLIENT, this::metrics)
                        .about(
                                About.of(
                                                "Requests, times, tokens and cost, as Prometheus reads them.")
                                        .answer(200, About.Form.TEXT, List.of())));
    }

    private void metrics(Exchange exchange, String rest) {
        byte[] body = text.get();
        exchange.status(200).set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        try {
            exchange.send(body);
        } catch (IOException e) {
            throw exchange.abort("the client left");
        }
    }
}
