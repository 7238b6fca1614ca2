package hal0.relay.route;

import hal0.relay.control.ChoiceJson;
import hal0.relay.control.ProviderModels;
import hal0.relay.control.ProviderModels.Ask;
import hal0.relay.dispatch.Advertised;
import hal0.relay.error.Json;
import hal0.relay.error.RelayException;
import hal0.relay.guard.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/// `/v1/models` and `/v1beta/models`: what can be asked for, in the client's own shape.
///
/// **Shape** every id listed leads where the list says. Anthropic's and Gemini's lists come in
/// pages of the size that these have there; OpenAI's is whole.
public final class ModelRoutes {
    private static final int ANTHROPIC_PAGE = 20;
    private static final int GEMINI_PAGE = 50;
    private static final List<String> ASKED = List.of("old", "now");

    private final Supplier<? extends Map<String, Advertised>> models;
    private final BiFunction<String, Ask, ProviderModels> modelsOf;

    /// `models` are those that every client may see, by the name to ask for; `modelsOf` are all of
    /// one provider.
    public ModelRoutes(
            Supplier<? extends Map<String, Advertised>> models,
            BiFunction<String, Ask, ProviderModels> modelsOf) {
        this.models = models;
        this.modelsOf = modelsOf;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/v1/models", Route.Access.OPEN, this::list)
                        .about(
                                About.of(
                                        "All models, routes and slots, as OpenAI lists them; with the header anthropic-version as Anthropic does.")),
                new Route("GET", "/v1/models/{rest}", Route.Access.OPEN, this::one)
                        .about(About.of("One of them, by its name.")),
                new Route("GET", "/v1beta/models", Route.Access.OPEN, this::geminiList)
                        .about(About.of("All of them, as Gemini lists models.")),
                new Route("GET", "/v1beta/models/{rest}", Route.Access.OPEN, this::geminiOne)
                        .about(About.of("One of them, as Gemini has it.")),
                new Route(
                                "GET",
                                "/api/providers/{name}/models",
                                Route.Access.ADMIN,
                                this::ofProvider)
                        .about(
                                About.of(
                                                "The models of one provider; asks it where they are not known.")
                                        .query(
                                                Field.text(
                                                                "ask",
                                                                "Also where its last list is old, or now in any case.")
                                                        .oneOf(ASKED))
                                        .answer(
                                                Field.text("object", "Always list.").must(),
                                                Field.list(
                                                                "data",
                                                                "As /v1/models has them.",
                                                                Field.text("id", "To ask it by.")
                                                                        .must(),
                                                                Field.text(
                                                                        "owned_by",
                                                                        "The provider."),
                                                                Field.whole(
                                                                        "context_length",
                                                                        "In tokens, where known."),
                                                                Field.any(
                                                                        "_hal0",
                                                                        "Provider, model, price, what it can, and whether it is local and listed."))
                                                        .must(),
                                                Field.object(
                                                                "failure",
                                                                "Why it was asked in vain.",
                                                                Field.text(
                                                                        "kind",
                                                                        "Such as TIMED_OUT."),
                                                                Field.text("message", "In words."))
                                                        .orNull())
                                        .errors("control.refused 404", "validation.invalid 422")));
    }

    private void list(Exchange exchange, String rest) {
        Map<String, Advertised> named = seenBy(exchange.principal());
        if (!isAnthropic(exchange)) {
            exchange.sendJson(200, Json.bytes(json -> ModelShapes.openAiList(json, named)));
            return;
        }
        ModelPage page = anthropicPage(exchange, List.copyOf(named.keySet()));
        exchange.sendJson(200, Json.bytes(json -> ModelShapes.anthropicList(json, page, named)));
    }

    private static ModelPage anthropicPage(Exchange exchange, List<String> ids) {
        int limit = ModelPage.size(exchange.query("limit"), "limit", ANTHROPIC_PAGE);
        String before = exchange.query("before_id");
        String after = exchange.query("after_id");
        if (before != null && after != null) {
            throw RelayException.at(
                    "before_id",
                    400,
                    "request.invalid",
                    "a page is after one model or before one; send after_id or before_id");
        }
        return before == null
                ? ModelPage.after(ids, after, "after_id", limit)
                : ModelPage.before(ids, before, "before_id", limit);
    }

    /// What that caller may ask for.
    private Map<String, Advertised> seenBy(Principal who) {
        Map<String, Advertised> all = models.get();
        if (who.allowance().models().isEmpty()) {
            return all;
        }
        Map<String, Advertised> seen = new LinkedHashMap<>(all);
        seen.entrySet()
                .removeIf(model ->
                        !who.allowance()
                                .allows(
                                        model.getKey(),
                                        model.getValue().choice().provider(),
                                        model.getValue().choice().info().id()));
        return seen;
    }

    private void one(Exchange exchange, String rest) {
        String id = PathName.of(rest);
        Advertised model = find(exchange, id);
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    if (isAnthropic(exchange)) {
                        ModelShapes.anthropic(json, id, model);
                    } else {
                        ModelShapes.openAi(json, id, model);
                    }
                }));
    }

    private void geminiList(Exchange exchange, String rest) {
        Map<String, Advertised> named = seenBy(exchange.principal());
        ModelPage page =
                ModelPage.after(
                        List.copyOf(named.keySet()),
                        exchange.query("pageToken"),
                        "pageToken",
                        ModelPage.size(exchange.query("pageSize"), "pageSize", GEMINI_PAGE));
        exchange.sendJson(200, Json.bytes(json -> ModelShapes.geminiList(json, page, named)));
    }

    private void geminiOne(Exchange exchange, String rest) {
        if (Inference.isGeminiMethod(rest)) {
            throw RelayException.notAllowed(
                    "%s takes POST, not GET".formatted(exchange.path()), "POST");
        }
        String id = PathName.of(rest);
        Advertised model = find(exchange, id);
        exchange.sendJson(200, Json.bytes(json -> ModelShapes.gemini(json, id, model)));
    }

    /// A model that is listed by its bare id is also found as `provider/id`, as it is where it is
    /// asked.
    private Advertised find(Exchange exchange, String id) {
        Map<String, Advertised> seen = seenBy(exchange.principal());
        Advertised model = seen.get(id);
        return model != null
                ? model
                : seen.values().stream()
                        .filter(ModelRoutes::isOfProvider)
                        .filter(m ->
                                id.equals(m.choice().provider() + "/" + m.choice().info().id()))
                        .findFirst()
                        .orElseThrow(() ->
                                RelayException.at(
                                        "model",
                                        404,
                                        "dispatch.no_route",
                                        "no provider has the model \"" + id + "\""));
    }

    private static boolean isOfProvider(Advertised model) {
        return model.route() == null && model.slot() == null;
    }

    private void ofProvider(Exchange exchange, String name) {
        ProviderModels models = modelsOf.apply(PathName.of(name), ask(exchange));
        exchange.sendJson(200, Json.bytes(json -> ChoiceJson.write(json, models)));
    }

    private static Ask ask(Exchange exchange) {
        return switch (exchange.query("ask")) {
            case null -> Ask.UNKNOWN;
            case "old" -> Ask.OLD;
            case "now" -> Ask.NOW;
            case String _ ->
                    throw RelayException.invalid(
                            List.of(new RelayException.Field("ask", "it is one of old, now")));
        };
    }

    private static boolean isAnthropic(Exchange exchange) {
        return exchange.header("anthropic-version") != null;
    }
}
