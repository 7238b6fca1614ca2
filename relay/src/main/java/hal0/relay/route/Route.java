package hal0.relay.route;

import hal0.relay.loop.Instance;
import java.util.Optional;

/// One route: what it matches, what it needs, what answers.
///
/// **Shape** `path` is literal, or ends in `/{rest}`, which takes everything after it, slashes too.
public record Route(String method, String path, Access access, Purpose purpose, Handler handler) {

    /// A route that is not for a model.
    Route(String method, String path, Access access, Handler handler) {
        this(method, path, access, Purpose.CONTROL, handler);
    }

    /// What a route is for.
    enum Purpose {
        /// A model answers.
        INFERENCE,
        /// The relay itself answers.
        CONTROL
    }

    /// Who may call.
    enum Access {
        /// Everyone who passes the guard, key or none.
        OPEN,
        /// Who may ask models.
        CLIENT,
        /// Who may use the tools of agents.
        AGENT,
        /// Who may do everything.
        ADMIN
    }

    /// Answers one exchange; `rest` is what `{rest}` matched, empty without one.
    interface Handler {
        void handle(Exchange exchange, String rest);
    }

    /// The same route, which refuses what came through `instance` already.
    Route within(Instance instance) {
        return new Route(
                method,
                path,
                access,
                purpose,
                (exchange, rest) ->
                        instance.answer(
                                exchange.header("x-hal0-instance"),
                                () -> handler.handle(exchange, rest)));
    }

    /// What `{rest}` stands for when the path matches.
    Optional<String> match(String requested) {
        if (!path.endsWith("/{rest}")) {
            return requested.equals(path) ? Optional.of("") : Optional.empty();
        }
        int prefix = path.length() - "{rest}".length();
        return requested.length() > prefix && requested.startsWith(path.substring(0, prefix))
                ? Optional.of(requested.substring(prefix))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "%-6s %-24s %-6s %s".formatted(method, path, access, purpose);
    }
}
