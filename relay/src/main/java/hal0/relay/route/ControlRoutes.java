package hal0.relay.route;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.RelayStatus;
import hal0.relay.control.Reload;
import hal0.relay.error.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// `/api`: the control plane over HTTP.
public final class ControlRoutes {
    private static final Field[] STATUS = {
        Field.text("version", "Of this hal0."),
        Field.text("instance_id", "New at each start."),
        Field.text("address", "Where it listens.").orNull(),
        Field.text("since", "When it started, as ISO 8601."),
        Field.whole("requests", "Asked of models since then."),
        Field.whole("in_flight", "Being answered now."),
        Field.object(
                        "active",
                        "What answers where nobody names a model.",
                        Field.text("provider", "Its provider."),
                        Field.text("model", "Its model."))
                .orNull()
    };

    private final ControlPlane control;

    public ControlRoutes(ControlPlane control) {
        this.control = control;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/health", Route.Access.OPEN, this::health)
                        .about(
                                About.of("Whether the relay answers.")
                                        .answer(
                                                Field.text("status", "Always ok."),
                                                Field.text("instance_id", "New at each start."))),
                new Route("GET", "/api/version", Route.Access.CLIENT, this::version)
                        .about(
                                About.of("The version of this hal0.")
                                        .answer(Field.text("version", "Such as 0.1.0."))),
                new Route("GET", "/api/status", Route.Access.CLIENT, this::status)
                        .about(About.of("The relay at a glance.").answer(STATUS)),
                new Route("POST", "/api/reload", Route.Access.ADMIN, this::reload)
                        .about(
                                About.of("Reads the configuration files again.")
                                        .answer(
                                                Field.texts("applied", "Files that now hold."),
                                                Field.texts("problems", "What is wrong."))));
    }

    private void health(Exchange exchange, String rest) {
        String instance = control.status().instanceId();
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartObject();
                    json.writeStringField("status", "ok");
                    json.writeStringField("instance_id", instance);
                    json.writeEndObject();
                }));
    }

    private void version(Exchange exchange, String rest) {
        String version = control.status().version();
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartObject();
                    json.writeStringField("version", version);
                    json.writeEndObject();
                }));
    }

    private void status(Exchange exchange, String rest) {
        RelayStatus status = control.status();
        Optional<ControlPlane.Active> active = control.active();
        exchange.sendJson(200, Json.bytes(json -> write(json, status, active)));
    }

    private static void write(
            JsonGenerator json, RelayStatus status, Optional<ControlPlane.Active> active)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("version", status.version());
        json.writeStringField("instance_id", status.instanceId());
        json.writeStringField(
                "address", status.address() == null ? null : status.address().toString());
        json.writeStringField("since", status.since().toString());
        json.writeNumberField("requests", status.requests());
        json.writeNumberField("in_flight", status.inFlight());
        if (active.isPresent()) {
            json.writeObjectFieldStart("active");
            json.writeStringField("provider", active.get().provider());
            json.writeStringField("model", active.get().model());
            json.writeEndObject();
        } else {
            json.writeNullField("active");
        }
        json.writeEndObject();
    }

    private void reload(Exchange exchange, String rest) {
        Reload reload = control.reload();
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartObject();
                    json.writeArrayFieldStart("applied");
                    for (String applied : reload.applied()) {
                        json.writeString(applied);
                    }
                    json.writeEndArray();
                    json.writeArrayFieldStart("problems");
                    for (String problem : reload.problems()) {
                        json.writeString(problem);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                }));
    }
}
