package hal0.relay.routing;

import hal0.home.config.ConfigProblem;
import hal0.home.config.ConfigProblem.Severity;
import hal0.home.config.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Compares what routes name with what there is. A pure function.
///
/// **Shape** a target that does not exist is a warning, for the others still work; a route that
/// leads back to itself is an error.
public final class RouteCheck {
    private static final String FILE = "config.toml";

    private final List<NamedRoute> routes;
    private final Predicate<String> isProvider;
    private final Collection<String> providers;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private RouteCheck(
            List<NamedRoute> routes, Predicate<String> isProvider, Collection<String> providers) {
        this.routes = routes;
        this.isProvider = isProvider;
        this.providers = providers;
    }

    /// What is wrong between the routes and the providers; `providers` are ids that a misspelt one
    /// may have meant.
    public static List<ConfigProblem> problems(
            List<NamedRoute> routes, Predicate<String> isProvider, Collection<String> providers) {
        RouteCheck check = new RouteCheck(routes, isProvider, providers);
        routes.forEach(check::look);
        return List.copyOf(check.problems);
    }

    private void look(NamedRoute route) {
        for (String target : route.targets()) {
            if (isOfProvider(target)) {
                continue;
            }
            if (route.isCalled(target)) {
                add(
                        Severity.ERROR,
                        route,
                        "\"%s\" is the route itself".formatted(target),
                        "write the provider before it, such as \"openai/%s\"".formatted(target));
            } else if (find(target).isEmpty()) {
                unknown(route, target);
            }
        }
        List<String> way = new ArrayList<>(List.of(route.model()));
        if (leadsBack(route, route, way)) {
            add(
                    Severity.ERROR,
                    route,
                    "the route leads back to itself: " + String.join(" → ", way),
                    "let one of them name a provider instead");
        }
    }

    private boolean isOfProvider(String target) {
        int slash = target.indexOf('/');
        return slash > 0 && isProvider.test(target.substring(0, slash));
    }

    private Optional<NamedRoute> find(String name) {
        return routes.stream().filter(route -> route.isCalled(name)).findFirst();
    }

    /// Whether `from` leads to `start` by way of another route; then `way` ends there.
    private boolean leadsBack(NamedRoute start, NamedRoute from, List<String> way) {
        for (String target : from.targets()) {
            Optional<NamedRoute> next = isOfProvider(target) ? Optional.empty() : find(target);
            if (next.isEmpty() || (next.get().equals(start) && from.equals(start))) {
                continue;
            }
            String name = next.get().model();
            boolean seen = way.contains(name);
            way.add(name);
            if (next.get().equals(start) || (!seen && leadsBack(start, next.get(), way))) {
                return true;
            }
            way.removeLast();
        }
        return false;
    }

    private void unknown(NamedRoute route, String target) {
        int slash = target.indexOf('/');
        if (slash <= 0) {
            boolean provider = isProvider.test(target);
            add(
                    Severity.WARNING,
                    route,
                    "\"%s\" names %s".formatted(target, provider ? "no model" : "no provider"),
                    provider
                            ? "write \"%s/MODEL\"".formatted(target)
                            : "write \"PROVIDER/%s\"; as it is, a provider that lists it is looked for"
                                    .formatted(target));
            return;
        }
        String provider = target.substring(0, slash);
        add(
                Severity.WARNING,
                route,
                "there is no provider \"%s\"%s"
                        .formatted(provider, Nearest.hint(provider, providers)),
                "declare [providers.%s], or correct \"%s\"; until then that target is passed over"
                        .formatted(provider, target));
    }

    private void add(Severity severity, NamedRoute route, String message, String fix) {
        problems.add(
                new ConfigProblem(
                        severity, FILE, route.line(), 0, route.path() + ".targets", message, fix));
    }
}
