package hal0.relay.api;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.Auth;
import hal0.providers.Presets;
import hal0.providers.Provider;
import hal0.providers.client.Dialects;
import hal0.providers.client.RequestBuilder;
import hal0.relay.control.UpstreamStatuses;
import hal0.relay.error.Json;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What hal0 itself is made of: its health in depth, and the providers that it knows unasked.
public final class SystemRoutes implements RouteFamily {
    /// One thing that was looked at; `message` is empty where all is well.
    public record Check(String name, boolean ok, String message) {}

    private final Supplier<List<Check>> checks;
    private final List<Provider> presets;

    /// `checks` looks at everything anew.
    public SystemRoutes(Supplier<List<Check>> checks, Presets presets) {
        this.checks = checks;
        List<Provider> all = new ArrayList<>(presets.all());
        presets.find(Presets.CUSTOM).filter(custom -> !all.contains(custom)).ifPresent(all::add);
        this.presets = List.copyOf(all);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/api/health/system", Route.Access.ADMIN, this::health)
                        .about(
                                About.of("Whether everything that the relay needs works.")
                                        .answer(
                                                Field.text("status", "Degraded when a check fails.")
                                                        .oneOf(List.of("ok", "degraded")),
                                                Field.list(
                                                        "checks",
                                                        "What was looked at.",
                                                        Field.text("name", "What."),
                                                        Field.flag("ok", "Whether it works."),
                                                        Field.text("message", "Why not.")))),
                new Route("GET", "/api/providers/catalog", Route.Access.ADMIN, this::catalog)
                        .about(
                                About.of("Providers that need no declaration.")
                                        .answer(200, About.Form.LIST, preset())));
    }

    private static List<Field> preset() {
        return List.of(
                Field.text("id", "Its name."),
                Field.text("name", "Its name for people."),
                Field.text("base_url", "Where it is; empty where you say it."),
                Field.text("auth", "How its key is sent."),
                Field.text("auth_header_name", "In which header.").orNull(),
                Field.texts("auth_value_env", "The variables that may hold its key."),
                Field.text("models_path", "Where it lists its models."),
                Field.text("default_model", "What answers where none is named.").orNull(),
                Field.text("category", "Where it runs.").oneOf(List.of("hosted", "local")),
                Field.text("docs_url", "Its documentation.").orNull(),
                Field.text("notes", "What else is to be known."));
    }

    private void health(Exchange exchange, String rest) {
        List<Check> found = checks.get();
        boolean ok = found.stream().allMatch(Check::ok);
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartObject();
                    json.writeStringField("status", ok ? "ok" : "degraded");
                    json.writeArrayFieldStart("checks");
                    for (Check check : found) {
                        json.writeStartObject();
                        json.writeStringField("name", check.name());
                        json.writeBooleanField("ok", check.ok());
                        json.writeStringField("message", check.message());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                }));
    }

    private void catalog(Exchange exchange, String rest) {
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartArray();
                    for (Provider preset : presets) {
                        write(json, preset);
                    }
                    json.writeEndArray();
                }));
    }

    private static void write(JsonGenerator json, Provider preset) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", preset.id());
        json.writeStringField("name", preset.id());
        boolean somewhere = Presets.hasAddress(preset);
        json.writeStringField("base_url", somewhere ? preset.baseUrl().toString() : "");
        json.writeStringField("auth", UpstreamStatuses.word(preset.auth()));
        json.writeStringField("auth_header_name", header(preset.auth()));
        json.writeArrayFieldStart("auth_value_env");
        for (String name : preset.keyNames()) {
            json.writeString(name);
        }
        json.writeEndArray();
        json.writeStringField(
                "models_path",
                somewhere
                        ? RequestBuilder.modelsPath(Dialects.of(preset.protocol()), preset)
                        : "/models");
        json.writeStringField("default_model", preset.defaultModel());
        json.writeStringField("category", preset.local() ? "local" : "hosted");
        json.writeNullField("docs_url");
        json.writeStringField("notes", notes(preset));
        json.writeEndObject();
    }

    private static String notes(Provider preset) {
        if (!Presets.hasAddress(preset)) {
            return "Anything that speaks OpenAI's protocol; you say where it is.";
        }
        return preset.keyNeeded() ? "" : "It needs no key.";
    }

    private static @Nullable String header(Auth auth) {
        return switch (auth) {
            case Auth.Bearer _, Auth.BearerIfSet _ -> "Authorization";
            case Auth.Anthropic _, Auth.XApiKey _ -> "x-api-key";
            case Auth.Header(String name) -> name;
            case Auth.GoogleQuery _, Auth.None _ -> null;
        };
    }
}
