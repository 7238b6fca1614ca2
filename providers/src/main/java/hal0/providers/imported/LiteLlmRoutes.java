package hal0.providers.imported;

import hal0.providers.imported.LiteLlmDeployment.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Names of LiteLLM's models, with what stands in for them, as routes.
///
/// **Shape** several deployments of one name share its load in LiteLLM. A route has one strategy:
/// where there are fallbacks too, the deployments are tried in order and then those.
final class LiteLlmRoutes {
    private static final String ANY = "*";

    private final Reader reader;
    private final Map<String, List<Target>> groups;
    private final Map<String, List<String>> fallbacks = new LinkedHashMap<>();
    private final Map<String, List<String>> aliases = new LinkedHashMap<>();

    LiteLlmRoutes(Reader reader, Map<String, List<Target>> groups) {
        this.reader = reader;
        this.groups = groups;
    }

    void read(Node router, Node library) {
        for (Node settings : List.of(library, router)) {
            settings.at("fallbacks").items().forEach(this::fallback);
            if (settings.has("default_fallbacks")) {
                fallbacks.put(ANY, settings.at("default_fallbacks").texts());
            }
            for (String kind : List.of("context_window_fallbacks", "content_policy_fallbacks")) {
                settings.at(kind)
                        .notedUnlessUnderstood(
                                "hal0 has one list of targets for every kind of failure");
            }
        }
        if (router.has("model_group_alias")) {
            router.at("model_group_alias").fields().forEach(this::alias);
        }
        Node strategyNode = router.at("routing_strategy");
        String strategy = strategy(strategyNode);
        Long retries = LiteLlmDeployment.retries(router.at("num_retries"));
        Long usual = LiteLlmDeployment.retries(library.at("num_retries"));
        for (String name : groups.keySet()) {
            route(name, strategy, retries == null ? usual : retries);
        }
    }

    private void fallback(Node item) {
        item.fields()
                .forEach((name, targets) ->
                        fallbacks
                                .computeIfAbsent(name, _ -> new ArrayList<>())
                                .addAll(known(targets)));
    }

    private List<String> known(Node targets) {
        List<String> names = new ArrayList<>();
        for (Node item : targets.isList() ? targets.items() : List.of(targets)) {
            String name = item.isTable() ? item.at("model").text() : item.text();
            if (name != null && groups.containsKey(name)) {
                names.add(name);
            } else {
                item.noted("is no model of this file that was understood");
            }
        }
        return names;
    }

    private void alias(String alias, Node node) {
        String group = node.isTable() ? node.at("model").text() : node.text();
        if (node.isTable()) {
            node.at("hidden").passOver();
        }
        if (group != null && groups.containsKey(group)) {
            aliases.computeIfAbsent(group, _ -> new ArrayList<>()).add(alias);
        } else {
            node.noted("is no model of this file that was understood");
        }
    }

    private static String strategy(Node node) {
        String word = node.text();
        return switch (word) {
            case null -> "weighted";
            case "simple-shuffle" -> "weighted";
            case "least-busy" -> "least_busy";
            case "latency-based-routing" -> "latency";
            case "cost-based-routing" -> "cost";
            default -> {
                node.noted("is a strategy that hal0 has not; least_busy is taken");
                yield "least_busy";
            }
        };
    }

    private void route(String name, String strategy, @Nullable Long retries) {
        List<Target> own = groups.getOrDefault(name, List.of());
        Set<String> targets =
                own.stream().map(Target::name).collect(Collectors.toCollection(LinkedHashSet::new));
        List<String> after = fallbacks.getOrDefault(name, fallbacks.getOrDefault(ANY, List.of()));
        boolean falls = after.stream().anyMatch(other -> !other.equals(name));
        for (String other : falls ? after : List.<String>of()) {
            groups.getOrDefault(other, List.of()).forEach(target -> targets.add(target.name()));
        }
        List<String> also = aliases.getOrDefault(name, List.of());
        if (also.isEmpty() && targets.equals(Set.of(name))) {
            return; // hal0 knows provider/model without a route
        }
        boolean shared = targets.size() > 1 && !falls;
        List<Long> weights =
                shared && strategy.equals("weighted") && targets.size() == own.size()
                        ? own.stream().map(t -> t.weight() == null ? 1L : t.weight()).toList()
                        : List.of();
        boolean kept = shared && (!strategy.equals("weighted") || !weights.isEmpty());
        reader.route(
                new ImportedRoute(
                        name,
                        List.copyOf(targets),
                        kept ? strategy : null,
                        weights,
                        retries,
                        also));
    }
}
