package hal0.relay.route;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.ProviderStatus;
import hal0.relay.control.RelayStatus;
import hal0.relay.control.Reload;
import hal0.relay.error.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// `/api`: the control plane over HTTP.
public final class ControlRoutes {
    private final ControlPlane control;

    public ControlRoutes(ControlPlane control) {
        this.control = control;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/health", Route.Access.OPEN, this::health),
                new Route("GET", "/api/version", Route.Access.OPEN, this::version),
                new Route("GET", "/api/status", Route.Access.OPEN, this::status),
                new Route("GET", "/api/providers", Route.Access.ADMIN, this::providers),
                new Route("POST", "/api/reload", Route.Access.ADMIN, this::reload));
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

    private void providers(Exchange exchange, String rest) {
        List<ProviderStatus> providers = control.providers();
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartArray();
                    for (ProviderStatus provider : providers) {
                        write(json, provider);
                    }
                    json.writeEndArray();
                }));
    }

    private static void write(JsonGenerator json, ProviderStatus provider) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", provider.id());
        json.writeStringField("kind", "remote");
        json.writeStringField("url", provider.baseUrl());
        json.writeStringField("protocol", provider.protocol());
        json.writeArrayFieldStart("auth_value_env");
        for (String name : provider.keyNames()) {
            json.writeString(name);
        }
        json.writeEndArray();
        json.writeBooleanField(
                "auth_configured", provider.keyState() != ProviderStatus.KeyState.MISSING);
        json.writeStringField("key_state", provider.keyState().name());
        json.writeBooleanField("enabled", provider.enabled());
        json.writeBooleanField("local", provider.local());
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
