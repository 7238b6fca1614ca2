package hal0.relay.route;

import java.util.List;

/// Routes that belong together.
public interface RouteFamily {
    List<Route> routes();
}
