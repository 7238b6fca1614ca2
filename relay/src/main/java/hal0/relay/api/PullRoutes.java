package hal0.relay.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.providers.http.CancelToken;
import hal0.relay.error.Json;
import hal0.relay.model.ModelControl;
import hal0.relay.model.PullJson;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import hal0.slots.model.pull.PullStatus;
import hal0.slots.model.pull.PullStatus.State;
import hal0.slots.model.pull.PullWish;
import hal0.slots.model.pull.Pulls;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// `/api/models/pull…`: models on their way here.
///
/// **Shape** a pull is a job; what is wrong before its first byte (no such file, no room) is the
/// answer to the request that began it.
public final class PullRoutes implements RouteFamily {
    private static final String PULL = "/api/models/pull";
    private static final String NOT_FOUND = "model.not_found 404";

    private static final List<Field> WISH =
            List.of(
                    Field.text(
                                    "reference",
                                    "hf:ORG/REPO:QUANT, hf:ORG/REPO[@REVISION]/FILE, or an address.")
                            .must(),
                    Field.text("id", "What it is registered as; its file's name by default."),
                    Field.text("sha256", "What its file has to be."));

    private static final Field[] STATUS = {
        Field.text("job", "The name of the job."),
        Field.text("reference", "What is pulled, without keys."),
        Field.text("model", "The id that it is registered as.").orNull(),
        Field.text("state", "What it is at.")
                .oneOf(
                        Stream.of(State.values())
                                .map(state -> state.name().toLowerCase(Locale.ROOT))
                                .toList()),
        Field.text("message", "Why it failed, or what else is to be known."),
        Field.text("code", "Why it failed, for programs.").orNull(),
        Field.text("file", "The file that it is at.").orNull(),
        Field.whole("done", "Bytes that are there."),
        Field.whole("total", "Bytes in all.").orNull(),
        Field.whole("bytes_per_second", "How fast they come."),
        Field.text("path", "The file, once it is there.").orNull(),
        Field.text("started_at", "As ISO 8601."),
        Field.text("ended_at", "As ISO 8601.").orNull()
    };

    private final ModelControl models;

    public PullRoutes(ModelControl models) {
        this.models = models;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("POST", PULL, Route.Access.ADMIN, this::begin)
                        .about(
                                About.of(
                                                "Begins to pull a model (202), or joins the job that does so already (200).")
                                        .body(WISH)
                                        .answer(202, About.Form.OBJECT, List.of(STATUS))
                                        .orDone(200)
                                        .errors(
                                                "model.invalid 400",
                                                "model.ambiguous 400",
                                                "model.unreadable 400",
                                                "model.forbidden 403",
                                                NOT_FOUND,
                                                "model.already_exists 409",
                                                "model.upstream 502",
                                                "model.no_space 507",
                                                "validation.invalid 422")),
                new Route("GET", PULL, Route.Access.ADMIN, this::list)
                        .about(
                                About.of("The pulls that run, and the last that ended.")
                                        .answer(200, About.Form.LIST, List.of(STATUS))),
                new Route("GET", PULL + "/{job}", Route.Access.ADMIN, this::one)
                        .about(About.of("One pull.").answer(STATUS).errors(NOT_FOUND)),
                new Route("DELETE", PULL + "/{job}", Route.Access.ADMIN, this::cancel)
                        .about(
                                About.of("Ends a pull; what has come stays for the next one.")
                                        .answer(STATUS)
                                        .errors(NOT_FOUND)),
                new Route("GET", PULL + "/{job}/events", Route.Access.ADMIN, this::events)
                        .about(
                                About.of("How a pull goes on, until it is over.")
                                        .answer(200, About.Form.EVENTS, List.of(STATUS))
                                        .errors(NOT_FOUND)));
    }

    private void begin(Exchange exchange, String rest) {
        JsonBody body = JsonBody.of(exchange, WISH);
        String id = body.text("id");
        String sum = body.text("sha256");
        Pulls.Begun begun =
                models.by(exchange.principal().name())
                        .pull(
                                new PullWish(
                                        body.text("reference").strip(),
                                        id.isEmpty() ? null : id,
                                        sum.isEmpty() ? null : sum));
        PullStatus status = begun.isNew() ? afterResolving(begun.status()) : begun.status();
        send(exchange, begun.isNew() ? 202 : 200, status);
    }

    /// **Errors** [ModelException] where it has failed by then.
    private PullStatus afterResolving(PullStatus begun) {
        CancelToken enough = new CancelToken();
        PullStatus status =
                models.follow(
                        begun.job(),
                        now -> {
                            if (now.state() != State.RESOLVING) {
                                enough.cancel("it is known what is pulled");
                            }
                        },
                        enough);
        String code = status.code();
        if (status.state() == State.FAILED && code != null) {
            throw ModelException.of(
                    ModelProblem.find(code).orElse(ModelProblem.STORE), status.message());
        }
        return status;
    }

    private void list(Exchange exchange, String rest) {
        List<PullStatus> all = models.pulls();
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartArray();
                    for (PullStatus status : all) {
                        PullJson.write(json, status);
                    }
                    json.writeEndArray();
                }));
    }

    private void one(Exchange exchange, String job) {
        send(exchange, 200, models.pull(PathName.decoded(job)));
    }

    private void cancel(Exchange exchange, String job) {
        send(exchange, 200, models.by(exchange.principal().name()).cancel(PathName.decoded(job)));
    }

    private static void send(Exchange exchange, int code, PullStatus status) {
        exchange.sendJson(code, Json.bytes(json -> PullJson.write(json, status)));
    }

    private void events(Exchange exchange, String rest) {
        PullStatus first = models.pull(PathName.decoded(rest));
        exchange.status(200)
                .set("Content-Type", "text/event-stream")
                .set("Cache-Control", "no-store")
                .set("X-Accel-Buffering", "no");
        try (OutputStream out = exchange.stream()) {
            var _ = models.follow(first.job(), status -> send(out, status), exchange.cancel());
        } catch (IOException | UncheckedIOException e) {
            throw exchange.abort("the client left");
        }
    }

    private static void send(OutputStream out, PullStatus status) {
        try {
            out.write("data: ".getBytes(UTF_8));
            out.write(Json.bytes(json -> PullJson.write(json, status)));
            out.write("\n\n".getBytes(UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
