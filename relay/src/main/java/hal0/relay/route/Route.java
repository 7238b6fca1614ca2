package hal0.relay.route;

import hal0.relay.guard.Principal;
import hal0.relay.loop.Instance;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One route: what it matches, what it needs, what answers.
///
/// **Shape** `path` is literal, or has one variable: `{rest}` at its end takes everything that
/// follows, slashes too; any other takes one segment. `about` is null where nobody has described
/// it.
public record Route(
        String method,
        String path,
        Access access,
        Purpose purpose,
        Handler handler,
        @Nullable About about) {

    Route(String method, String path, Access access, Purpose purpose, Handler handler) {
        this(method, path, access, purpose, handler, null);
    }

    /// A route that is not for a model.
    public Route(String method, String path, Access access, Handler handler) {
        this(method, path, access, Purpose.CONTROL, handler, null);
    }

    /// This, described for who programs against it.
    public Route about(About description) {
        return new Route(method, path, access, purpose, handler, description);
    }

    /// What a route is for.
    public enum Purpose {
        /// A model answers.
        INFERENCE,
        /// The relay itself answers.
        CONTROL
    }

    /// Who may call.
    public enum Access {
        /// Everyone who passes the guard, from wherever: what a page needs to let its user sign in.
        /// The handler is not told who asks.
        PUBLIC,
        /// Everyone of this machine who passes the guard, key or none.
        OPEN,
        /// Who may ask models.
        CLIENT,
        /// Who may use the tools of agents.
        AGENT,
        /// Who may do everything.
        ADMIN
    }

    /// Answers one exchange; `rest` is what the variable of the path matched, as it was sent, and
    /// empty without one.
    public interface Handler {
        void handle(Exchange exchange, String rest);
    }

    /// The same route, which refuses what came through `instance` already. A process of this home
    /// that asks itself goes in no circle: no provider has its token.
    Route within(Instance instance) {
        return new Route(
                method,
                path,
                access,
                purpose,
                (exchange, rest) -> {
                    String header = exchange.header("x-hal0-instance");
                    if (exchange.principal().equals(Principal.OWN)) {
                        instance.answerOwn(header, () -> handler.handle(exchange, rest));
                    } else {
                        instance.answer(header, () -> handler.handle(exchange, rest));
                    }
                },
                about);
    }

    /// What the variable stands for when the path matches; empty text without a variable.
    Optional<String> match(String requested) {
        int open = path.indexOf('{');
        if (open < 0) {
            return requested.equals(path) ? Optional.of("") : Optional.empty();
        }
        int close = path.indexOf('}', open);
        String before = path.substring(0, open);
        String after = path.substring(close + 1);
        if (requested.length() <= before.length() + after.length()
                || !requested.startsWith(before)
                || !requested.endsWith(after)) {
            return Optional.empty();
        }
        String found = requested.substring(before.length(), requested.length() - after.length());
        boolean takesAll = path.startsWith("{rest}", open);
        return takesAll || found.indexOf('/') < 0 ? Optional.of(found) : Optional.empty();
    }

    @Override
    public String toString() {
        return "%-6s %-24s %-6s %s".formatted(method, path, access, purpose);
    }
}
