package hal0.relay.route;

import hal0.relay.loop.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// All routes. Whatever is not in it is refused.
public final class RouteTable {
    private final List<Route> routes;
    private final Map<String, Route> literal = new TreeMap<>();

    /// Every route of the relay.
    public static RouteTable of(
            Inference inference,
            OperationRoutes operations,
            ModelRoutes models,
            ControlRoutes control,
            RouteFamily... more) {
        List<Route> all = new ArrayList<>(models.routes());
        all.addAll(inference.routes());
        all.addAll(operations.routes());
        all.addAll(control.routes());
        for (RouteFamily family : more) {
            all.addAll(family.routes());
        }
        return new RouteTable(all);
    }

    RouteTable(List<Route> routes) {
        this.routes = List.copyOf(routes);
        for (Route route : routes) {
            literal.put(route.method() + " " + route.path(), route);
        }
    }

    /// The same routes, none of which answers a request that came through `instance` already.
    public RouteTable within(Instance instance) {
        return new RouteTable(routes.stream().map(route -> route.within(instance)).toList());
    }

    record Match(Route route, String rest) {}

    Optional<Match> find(String method, String path) {
        Route exact = literal.get(method + " " + path);
        if (exact != null) {
            return Optional.of(new Match(exact, ""));
        }
        for (Route route : routes) {
            if (route.method().equals(method)) {
                Optional<String> rest = route.match(path);
                if (rest.isPresent()) {
                    return Optional.of(new Match(route, rest.get()));
                }
            }
        }
        return Optional.empty();
    }

    /// The methods that the path knows, in the form of an `Allow` header; empty for an unknown
    /// path.
    String allowed(String path) {
        return routes.stream()
                .filter(route -> route.match(path).isPresent())
                .map(Route::method)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return routes.stream().map(Route::toString).collect(Collectors.joining("\n"));
    }
}
