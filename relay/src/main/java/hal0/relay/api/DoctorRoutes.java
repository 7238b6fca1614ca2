package hal0.relay.api;

import hal0.relay.control.Finding;
import hal0.relay.control.Finding.Status;
import hal0.relay.error.Json;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/// `/api/doctor`: what is wrong with this home, for who operates it from elsewhere.
public final class DoctorRoutes implements RouteFamily {
    private final Supplier<List<Finding>> checkup;

    /// `checkup` looks at everything anew, for some seconds.
    public DoctorRoutes(Supplier<List<Finding>> checkup) {
        this.checkup = checkup;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/api/doctor", Route.Access.ADMIN, this::look)
                        .about(
                                About.of(
                                                "Looks for everything that is often wrong, as hal0 doctor does; takes some seconds.")
                                        .answer(
                                                200,
                                                About.Form.LIST,
                                                List.of(
                                                        Field.text("id", "What was looked at.")
                                                                .must(),
                                                        Field.text("status", "How it is.")
                                                                .oneOf(
                                                                        Arrays.stream(
                                                                                        Status
                                                                                                .values())
                                                                                .map(Status::word)
                                                                                .toList())
                                                                .must(),
                                                        Field.text("message", "What was found.")
                                                                .must(),
                                                        Field.text(
                                                                        "fix",
                                                                        "What to do; empty where there is nothing.")
                                                                .must()))));
    }

    private void look(Exchange exchange, String rest) {
        List<Finding> findings = checkup.get();
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartArray();
                    for (Finding finding : findings) {
                        json.writeStartObject();
                        json.writeStringField("id", finding.id());
                        json.writeStringField("status", finding.status().word());
                        json.writeStringField("message", finding.message());
                        json.writeStringField("fix", finding.fix());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                }));
    }
}
