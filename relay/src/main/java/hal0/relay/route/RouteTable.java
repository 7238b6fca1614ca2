package hal0.relay.route;

import hal0.relay.capture.Capture;
import hal0.relay.capture.Recording;
import hal0.relay.loop.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All routes. Whatever is not in it is refused.
public final class RouteTable {
    private static final List<String> INTERFACES =
            List.of("/api", "/v1", "/v1beta", "/mcp", "/metrics");

    private final List<Route> routes;
    private final List<Route> pages;
    private final Map<String, Route> literal = new TreeMap<>();

    /// Every route of the relay; the last one describes the others.
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
        all.add(OpenApi.route(List.copyOf(all)));
        return new RouteTable(all);
    }

    /// The same, where what models are asked and answer is written down.
    public RouteTable captured(Capture capture) {
        return new RouteTable(
                routes.stream()
                        .map(route ->
                                route.purpose() == Route.Purpose.INFERENCE
                                        ? captured(route, capture)
                                        : route)
                        .toList(),
                pages);
    }

    /// The same, with pages for people wherever no interface for programs is: they are looked at
    /// last, and no description has them.
    public RouteTable withPages(RouteFamily family) {
        return new RouteTable(routes, family.routes());
    }

    private static Route captured(Route route, Capture capture) {
        return new Route(
                route.method(),
                route.path(),
                route.access(),
                route.purpose(),
                (exchange, rest) -> {
                    try (Recording recording = capture.begin(exchange.id())) {
                        exchange.recordTo(recording);
                        ScopedValue.where(Recording.CURRENT, recording)
                                .run(() -> route.handler().handle(exchange, rest));
                    }
                },
                route.about());
    }

    /// These alone.
    public RouteTable(List<Route> routes) {
        this(routes, List.of());
    }

    private RouteTable(List<Route> routes, List<Route> pages) {
        this.routes = List.copyOf(routes);
        this.pages = List.copyOf(pages);
        for (Route route : routes) {
            literal.put(route.method() + " " + route.path(), route);
        }
    }

    /// The same routes, none of which answers a request that came through `instance` already.
    public RouteTable within(Instance instance) {
        return new RouteTable(
                routes.stream().map(route -> route.within(instance)).toList(),
                pages.stream().map(route -> route.within(instance)).toList());
    }

    /// Every route as it is matched, such as `GET /v1/models`.
    public Set<String> names() {
        return routes.stream()
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toUnmodifiableSet());
    }

    record Match(Route route, String rest) {}

    Optional<Match> find(String method, String path) {
        Route exact = literal.get(method + " " + path);
        if (exact != null) {
            return Optional.of(new Match(exact, ""));
        }
        Optional<Match> match = find(routes, method, path);
        return match.isEmpty() && !isInterface(path) ? find(pages, method, path) : match;
    }

    private static Optional<Match> find(List<Route> routes, String method, String path) {
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

    /// Whether a program wrote the path, if not quite rightly: a page would tell it nothing.
    private static boolean isInterface(String path) {
        String plain = path.toLowerCase(Locale.ROOT);
        return plain.startsWith("//")
                || plain.contains("%2e")
                || INTERFACES.stream()
                        .anyMatch(prefix -> plain.equals(prefix) || plain.startsWith(prefix + "/"));
    }

    /// The methods that the path knows, in the form of an `Allow` header; empty for an unknown
    /// path. A page may stand at any path, and is nothing that a program could have meant.
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
        return Stream.concat(routes.stream(), pages.stream())
                .map(Route::toString)
                .collect(Collectors.joining("\n"));
    }
}
