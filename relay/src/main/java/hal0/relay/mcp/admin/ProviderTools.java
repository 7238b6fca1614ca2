package hal0.relay.mcp.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.relay.control.ModelChoice;
import hal0.relay.control.TrialJson;
import hal0.relay.control.UpstreamStatus;
import hal0.relay.control.UpstreamStatuses;
import hal0.relay.mcp.protocol.OfferedTool;
import hal0.relay.mcp.protocol.Tier;
import hal0.relay.mcp.tool.ToolBuilder;
import hal0.relay.mcp.tool.Trees;
import hal0.relay.route.Field;
import java.util.List;
import java.util.Map;

/// Providers: looked at, tried out, switched on and off.
final class ProviderTools {
    private static final int MOST_MODELS = 500;
    private static final Field PROVIDER =
            Field.text("provider", "The name of the provider.").must();

    private final Ground ground;

    ProviderTools(Ground ground) {
        this.ground = ground;
    }

    List<OfferedTool> all() {
        return List.of(
                of(
                                Tier.READ,
                                "providers_list",
                                "Every provider: address, whether its key is set, breaker, last error.")
                        .answers(Field.list("providers", "Each provider.").must())
                        .does(given ->
                                Trees.list(
                                        "providers",
                                        given.control().upstreams().all().stream()
                                                .filter(each -> !UpstreamStatuses.isSlot(each))
                                                .toList(),
                                        UpstreamStatuses::write)),
                of(Tier.READ, "provider_get", "One provider.")
                        .takes(PROVIDER)
                        .answers(Field.text("name", "Its name.").must())
                        .does(given ->
                                tree(given.control().upstreams().one(given.text("provider")))),
                of(Tier.READ, "provider_models", "The models that a provider lists.")
                        .openWorld()
                        .takes(PROVIDER)
                        .answers(
                                Field.texts("models", "Their ids, 500 at most.").must(),
                                Field.whole("count", "How many there are.").must())
                        .does(this::models),
                of(
                                Tier.READ,
                                "provider_test",
                                "Calls a provider without asking a model: address, key, latency.")
                        .openWorld()
                        .takes(PROVIDER)
                        .answers(
                                Field.flag("ok", "Whether it can be used.").must(),
                                Field.text("error", "What is wrong.").orNull())
                        .does(given -> {
                            var trial =
                                    given.control()
                                            .upstreams()
                                            .test(given.text("provider"), given.call().cancel());
                            return Trees.object(json -> TrialJson.write(json, trial));
                        }),
                enabling("provider_enable", "Lets requests be routed to a provider again.", true),
                enabling("provider_disable", "Routes no more requests to a provider.", false),
                of(
                                Tier.WRITE,
                                "use_model",
                                "Makes a provider and model those that answer where nobody names one.")
                        .idempotent()
                        .takes(
                                PROVIDER,
                                Field.text("model", "Its id; left out, the provider's usual one."))
                        .answers(
                                Field.text("provider", "Its name.").must(),
                                Field.text("model", "Its id.").must())
                        .does(given -> {
                            var active =
                                    given.control()
                                            .use(given.text("provider"), given.textOrNull("model"));
                            return Trees.object()
                                    .put("provider", active.provider())
                                    .put("model", active.model());
                        }));
    }

    private ToolBuilder<Given> of(Tier tier, String name, String description) {
        return ToolBuilder.of(ground::given, tier, name, description);
    }

    static ObjectNode tree(UpstreamStatus status) {
        return Trees.object(json -> UpstreamStatuses.write(json, status));
    }

    private OfferedTool enabling(String name, String description, boolean enabled) {
        return of(Tier.WRITE, name, description)
                .idempotent()
                .takes(PROVIDER)
                .answers(Field.text("name", "Its name.").must())
                .does(given ->
                        tree(
                                given.control()
                                        .upstreams()
                                        .change(
                                                given.text("provider"),
                                                Map.of("enabled", enabled),
                                                false)));
    }

    private ObjectNode models(Given given) {
        List<ModelChoice> all = given.control().models(given.text("provider"));
        ObjectNode object = Trees.object();
        ArrayNode ids = object.putArray("models");
        all.stream().limit(MOST_MODELS).forEach(each -> ids.add(each.info().id()));
        return object.put("count", all.size());
    }
}
