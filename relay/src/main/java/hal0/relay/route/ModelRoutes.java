package hal0.relay.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.ModelInfo;
import hal0.relay.control.ModelChoice;
import hal0.relay.error.Json;
import hal0.relay.error.RelayException;
import hal0.relay.guard.Principal;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `/v1/models`: what can be asked for, in the client's own shape.
///
/// **Shape** every id listed leads where the list says.
public final class ModelRoutes {
    private static final String OF_PROVIDER = "/models";

    private final Supplier<? extends Map<String, ModelChoice>> models;
    private final Function<String, List<ModelChoice>> modelsOf;

    /// `models` are those that every client may see, by the name to ask for; `modelsOf` are all of
    /// one provider.
    public ModelRoutes(
            Supplier<? extends Map<String, ModelChoice>> models,
            Function<String, List<ModelChoice>> modelsOf) {
        this.models = models;
        this.modelsOf = modelsOf;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/v1/models", Route.Access.OPEN, this::list),
                new Route("GET", "/v1/models/{rest}", Route.Access.OPEN, this::one),
                new Route("GET", "/api/providers/{rest}", Route.Access.ADMIN, this::ofProvider));
    }

    private void list(Exchange exchange, String rest) {
        Map<String, ModelChoice> named = seenBy(exchange.principal());
        byte[] body =
                isAnthropic(exchange)
                        ? Json.bytes(json -> anthropicList(json, named))
                        : Json.bytes(json -> openAiList(json, named));
        exchange.sendJson(200, body);
    }

    /// What that caller may ask for.
    private Map<String, ModelChoice> seenBy(Principal who) {
        Map<String, ModelChoice> all = models.get();
        if (who.allowance().models().isEmpty()) {
            return all;
        }
        Map<String, ModelChoice> seen = new LinkedHashMap<>(all);
        seen.entrySet()
                .removeIf(model ->
                        !who.allowance()
                                .allows(
                                        model.getKey(),
                                        model.getValue().provider(),
                                        model.getValue().info().id()));
        return seen;
    }

    private void one(Exchange exchange, String rest) {
        String id = PathName.of(rest);
        ModelChoice choice = seenBy(exchange.principal()).get(id);
        if (choice == null) {
            throw RelayException.at(
                    "model", 404, "dispatch.no_route", "no provider has the model \"" + id + "\"");
        }
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    if (isAnthropic(exchange)) {
                        anthropic(json, id, choice.info());
                    } else {
                        openAi(json, id, choice);
                    }
                }));
    }

    private void ofProvider(Exchange exchange, String rest) {
        if (!rest.endsWith(OF_PROVIDER)) {
            throw RelayException.of(
                    404, "route.not_found", "there is nothing at " + exchange.path());
        }
        String provider =
                URLDecoder.decode(rest.substring(0, rest.length() - OF_PROVIDER.length()), UTF_8);
        Map<String, ModelChoice> named = new LinkedHashMap<>();
        modelsOf.apply(provider).forEach(choice -> named.putIfAbsent(choice.info().id(), choice));
        exchange.sendJson(200, Json.bytes(json -> openAiList(json, named)));
    }

    private static boolean isAnthropic(Exchange exchange) {
        return exchange.header("anthropic-version") != null;
    }

    private static void openAiList(JsonGenerator json, Map<String, ModelChoice> named)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("object", "list");
        json.writeArrayFieldStart("data");
        for (Map.Entry<String, ModelChoice> entry : named.entrySet()) {
            openAi(json, entry.getKey(), entry.getValue());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void openAi(JsonGenerator json, String id, ModelChoice choice)
            throws IOException {
        ModelInfo info = choice.info();
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeStringField("object", "model");
        // Nobody tells when a model was made; OpenAI's clients want a number.
        json.writeNumberField("created", 0);
        json.writeStringField("owned_by", choice.provider());
        if (info.contextWindow() != null) {
            json.writeNumberField("context_length", info.contextWindow());
        }
        json.writeObjectFieldStart("_hal0");
        json.writeStringField("provider", choice.provider());
        json.writeStringField("model", info.id());
        json.writeBooleanField("local", choice.local());
        json.writeBooleanField("listed", choice.listed());
        if (info.price().input() != null || info.price().output() != null) {
            json.writeObjectFieldStart("price");
            price(json, "input_per_1m", info.price().input());
            price(json, "output_per_1m", info.price().output());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void price(JsonGenerator json, String name, @Nullable BigDecimal usd)
            throws IOException {
        if (usd != null) {
            json.writeNumberField(name, usd);
        }
    }

    private static void anthropicList(JsonGenerator json, Map<String, ModelChoice> named)
            throws IOException {
        List<String> ids = List.copyOf(named.keySet());
        json.writeStartObject();
        json.writeArrayFieldStart("data");
        for (Map.Entry<String, ModelChoice> entry : named.entrySet()) {
            anthropic(json, entry.getKey(), entry.getValue().info());
        }
        json.writeEndArray();
        json.writeBooleanField("has_more", false);
        json.writeStringField("first_id", ids.isEmpty() ? null : ids.getFirst());
        json.writeStringField("last_id", ids.isEmpty() ? null : ids.getLast());
        json.writeEndObject();
    }

    private static void anthropic(JsonGenerator json, String id, ModelInfo info)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "model");
        json.writeStringField("id", id);
        json.writeStringField("display_name", info.displayName() == null ? id : info.displayName());
        json.writeStringField("created_at", "1970-01-01T00:00:00Z");
        json.writeEndObject();
    }
}
