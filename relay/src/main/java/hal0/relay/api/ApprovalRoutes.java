package hal0.relay.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.relay.approval.Approval;
import hal0.relay.approval.ApprovalDesk;
import hal0.relay.error.Json;
import hal0.relay.error.RelayException;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `/api/approvals`: calls of gated tools that wait for the owner's word.
public final class ApprovalRoutes implements RouteFamily {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final List<String> STATES =
            Arrays.stream(Approval.State.values()).map(Approval.State::word).toList();
    private static final List<Field> DECISION =
            List.of(Field.flag("approve", "Whether it is to be done.").must());

    private final ApprovalDesk desk;

    public ApprovalRoutes(ApprovalDesk desk) {
        this.desk = desk;
    }

    @Override
    public List<Route> routes() {
        String missing = "approval.not_found 404";
        String invalid = "validation.invalid 422";
        return List.of(
                new Route("GET", "/api/approvals", Route.Access.ADMIN, this::list)
                        .about(
                                About.of("What waits for approval, then what was decided.")
                                        .query(
                                                Field.text("state", "Only those in this state.")
                                                        .oneOf(STATES))
                                        .answer(200, About.Form.LIST, List.of(FIELDS))
                                        .errors(invalid)),
                new Route("GET", "/api/approvals/{id}", Route.Access.ADMIN, this::one)
                        .about(
                                About.of("One call and what became of it.")
                                        .answer(FIELDS)
                                        .errors(missing)),
                new Route("POST", "/api/approvals/{id}", Route.Access.ADMIN, this::decide)
                        .about(
                                About.of(
                                                "Lets a call be done, or not. An approved one is done"
                                                        + " afterwards: GET it for its outcome.")
                                        .body(DECISION)
                                        .answer(FIELDS)
                                        .errors(missing, "approval.decided 409", invalid)));
    }

    private static final Field[] FIELDS = {
        Field.text("id", "Of this call."),
        Field.text("tool", "Which is gated."),
        Field.text("summary", "What is going to be done, for people."),
        Field.any("arguments", "Of the call, without secrets."),
        Field.text("asker", "The name of the key or the client that asks."),
        Field.text("asked_at", "When, as ISO 8601."),
        Field.text("expires_at", "When it is too late to decide."),
        Field.text("state", "How far it has come.").oneOf(STATES),
        Field.text("decided_by", "Whose word it was.").orNull(),
        Field.text("decided_at", "When that was.").orNull(),
        Field.any("outcome", "What was answered, or why it failed; null until then.")
    };

    private void list(Exchange exchange, String rest) {
        String asked = exchange.query("state");
        Optional<Approval.State> state =
                asked == null ? Optional.empty() : Approval.State.find(asked);
        if (asked != null && state.isEmpty()) {
            throw RelayException.invalid(
                    List.of(
                            new RelayException.Field(
                                    "state", "it is one of " + String.join(", ", STATES))));
        }
        List<Approval> all =
                desk.list().stream()
                        .filter(a -> state.isEmpty() || a.state() == state.get())
                        .toList();
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartArray();
                    for (Approval approval : all) {
                        write(json, approval);
                    }
                    json.writeEndArray();
                }));
    }

    private void one(Exchange exchange, String encoded) {
        Approval approval = desk.find(PathName.decoded(encoded)).orElseThrow(ApprovalDesk::unknown);
        exchange.sendJson(200, Json.bytes(json -> write(json, approval)));
    }

    private void decide(Exchange exchange, String encoded) {
        JsonBody body = JsonBody.of(exchange, DECISION);
        Approval decided =
                desk.decide(
                        PathName.decoded(encoded),
                        body.flag("approve"),
                        exchange.principal().name());
        exchange.sendJson(200, Json.bytes(json -> write(json, decided)));
    }

    /// As `/api` tells it.
    public static void write(JsonGenerator json, Approval approval) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", approval.id());
        json.writeStringField("tool", approval.tool());
        json.writeStringField("summary", approval.summary());
        json.writeFieldName("arguments");
        jsonOrText(json, approval.arguments());
        json.writeStringField("asker", approval.asker());
        json.writeStringField("asked_at", approval.askedAt().toString());
        json.writeStringField("expires_at", approval.expiresAt().toString());
        json.writeStringField("state", approval.state().word());
        json.writeStringField("decided_by", approval.decidedBy());
        json.writeStringField(
                "decided_at",
                approval.decidedAt() == null ? null : approval.decidedAt().toString());
        json.writeFieldName("outcome");
        if (approval.state() == Approval.State.DONE) {
            jsonOrText(json, approval.outcome());
        } else {
            json.writeString(approval.outcome());
        }
        json.writeEndObject();
    }

    private static void jsonOrText(JsonGenerator json, @Nullable String text) throws IOException {
        if (text == null) {
            json.writeNull();
            return;
        }
        try {
            JsonNode whole = JSON.readTree(text);
            if (whole.isMissingNode()) {
                json.writeString(text);
            } else {
                json.writeRawValue(whole.toString());
            }
        } catch (JsonProcessingException _) {
            json.writeString(text);
        }
    }
}
