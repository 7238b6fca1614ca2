package hal0.relay.api;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.home.Version;
import hal0.relay.error.Json;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import hal0.relay.update.Release;
import hal0.relay.update.UpdateCheck;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/api/updates`: which hal0 this is, and whether there is a newer one when that is asked for.
public final class UpdateRoutes implements RouteFamily {
    private final UpdateCheck check;

    public UpdateRoutes(UpdateCheck check) {
        this.check = check;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/api/updates", Route.Access.ADMIN, this::updates)
                        .about(
                                About.of(
                                                "This version; with check=true also the newest that"
                                                        + " [updates] url in config.toml tells of.")
                                        .query(
                                                Field.flag(
                                                        "check",
                                                        "Whether to ask; hal0 never does by itself."))
                                        .answer(
                                                Field.text("version", "Of this hal0.").must(),
                                                Field.text("java", "That it runs on.").must(),
                                                Field.text("url", "Where it would be asked.")
                                                        .orNull(),
                                                Field.flag("checked", "Whether it was asked.")
                                                        .must(),
                                                Field.text("latest", "The newest version.")
                                                        .orNull(),
                                                Field.flag("newer", "Whether that is newer.")
                                                        .orNull(),
                                                Field.text("page", "More about it.").orNull(),
                                                Field.text("note", "Why it is not known.").orNull())
                                        .errors("validation.invalid 422")));
    }

    private void updates(Exchange exchange, String rest) {
        boolean wanted = QueryFlag.of(exchange, "check");
        URI url = check.url();
        UpdateCheck.Outcome outcome =
                wanted ? check.look(exchange.cancel()) : new UpdateCheck.Outcome.Nowhere();
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartObject();
                    json.writeStringField("version", Version.current());
                    json.writeStringField("java", Runtime.version().toString());
                    json.writeStringField("url", url == null ? null : url.toString());
                    write(json, outcome, wanted);
                    json.writeEndObject();
                }));
    }

    private static void write(JsonGenerator json, UpdateCheck.Outcome outcome, boolean wanted)
            throws IOException {
        switch (outcome) {
            case UpdateCheck.Outcome.Newest(String version, var page) -> {
                json.writeBooleanField("checked", true);
                json.writeStringField("latest", version);
                json.writeBooleanField("newer", Release.isNewer(version, Version.current()));
                json.writeStringField("page", page);
                json.writeNullField("note");
            }
            case UpdateCheck.Outcome.Nowhere _ ->
                    unknown(
                            json,
                            wanted
                                    ? "nothing tells of newer versions: set [updates] url in config.toml"
                                    : null);
            case UpdateCheck.Outcome.Failed(String message) -> unknown(json, message);
        }
    }

    private static void unknown(JsonGenerator json, @Nullable String note) throws IOException {
        json.writeBooleanField("checked", false);
        json.writeNullField("latest");
        json.writeNullField("newer");
        json.writeNullField("page");
        json.writeStringField("note", note);
    }
}
