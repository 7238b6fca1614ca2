package hal0.tui.board;

import hal0.providers.Secret;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.ProviderStatus.KeyState;
import hal0.relay.control.UpstreamStatus;
import hal0.relay.control.UpstreamStatuses;
import hal0.tui.state.Board;
import hal0.tui.state.Board.Act;
import hal0.tui.state.Board.Column;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Change;
import hal0.tui.state.Doing;
import hal0.tui.state.Effect;
import hal0.tui.state.Place;
import hal0.tui.text.Role;
import hal0.tui.text.Span;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Providers: whether they can be used, and what is wanting.
///
/// **Shape** the active one first, then those that could be used, then those without a key, then
/// those that are off.
public final class ProvidersBoard {
    private static final List<Column> COLUMNS =
            List.of(
                    Column.left("provider", 0),
                    Column.left("state", 0),
                    Column.right("models", 2),
                    Column.left("address", 3),
                    Column.left("declared", 4));

    private ProvidersBoard() {}

    public static Content of(List<UpstreamStatus> all, Optional<ControlPlane.Active> active) {
        String used = active.map(ControlPlane.Active::provider).orElse("");
        List<Line> lines = new ArrayList<>();
        all.stream()
                .filter(status -> !UpstreamStatuses.isSlot(status))
                .sorted(Comparator.comparingInt(status -> rank(status, used)))
                .map(status -> row(status, status.name().equals(used)))
                .forEach(lines::add);
        lines.add(add());
        return new Content(COLUMNS, lines, null);
    }

    private static int rank(UpstreamStatus status, String used) {
        if (status.name().equals(used)) {
            return 0;
        }
        return !status.enabled() ? 3 : status.keyState() == KeyState.MISSING ? 2 : 1;
    }

    private static Line.Row row(UpstreamStatus status, boolean used) {
        String count = status.modelsCount() == null ? "" : status.modelsCount().toString();
        return new Line.Row(
                status.name(),
                List.of(
                        Board.cell(
                                (used ? "● " : "  ") + status.name(),
                                used ? Role.ACCENT : Role.PLAIN),
                        state(status),
                        Board.cell(count),
                        Board.cell(status.url(), Role.DIM),
                        Board.cell(status.source(), Role.DIM)),
                acts(status),
                about(status));
    }

    private static Span state(UpstreamStatus status) {
        if (!status.enabled()) {
            return Board.cell("off", Role.DIM);
        }
        if (status.keyState() == KeyState.MISSING) {
            return Board.cell("key missing", Role.DIM);
        }
        if (status.lastError() != null || !status.breaker().equals("closed")) {
            return Board.cell("✗ failing", Role.ERROR);
        }
        if (status.modelsCount() != null && status.modelsCount() > 0) {
            return Board.cell("✓ reachable", Role.ADDED);
        }
        return switch (status.keyState()) {
            case SET -> Board.cell("✓ key set", Role.ADDED);
            case NOT_NEEDED -> Board.cell(status.local() ? "local" : "no key needed");
            case MISSING -> Board.cell("key missing", Role.DIM);
        };
    }

    private static String about(UpstreamStatus status) {
        if (status.lastError() != null) {
            return status.lastError();
        }
        String names = String.join(" or ", status.keyNames());
        return switch (status.keyState()) {
            case MISSING -> names + " is not set: Alt+K enters it";
            case SET -> names.isEmpty() ? status.protocol() : status.protocol() + " · " + names;
            case NOT_NEEDED -> status.protocol() + (names.isEmpty() ? "" : " · " + names);
        };
    }

    private static List<Act> acts(UpstreamStatus status) {
        String name = status.name();
        List<Act> acts = new ArrayList<>();
        if (status.enabled() && status.keyState() != KeyState.MISSING) {
            acts.add(Act.leaving('u', "use", new Effect.Use(name, null)));
            acts.add(Act.open('m', "models", new Place(Place.Kind.MODELS, name)));
            acts.add(Act.of('c', "check", new Effect.Alter(new Change.TryProvider(name))));
        }
        if (!status.keyNames().isEmpty()) {
            acts.add(key(status));
        }
        if (!status.keyNames().isEmpty() && status.keyState() == KeyState.SET) {
            String variable = status.keyNames().getFirst();
            acts.add(
                    Act.asking(
                            'r',
                            "remove key",
                            "Take " + variable + " out of api.env?",
                            new Effect.Alter(new Change.RemoveKey(name, variable))));
        }
        acts.add(
                Act.of(
                        'o',
                        status.enabled() ? "turn off" : "turn on",
                        new Effect.Alter(new Change.EnableProvider(name, !status.enabled()))));
        acts.add(
                Act.entering(
                        'l',
                        "address",
                        "Base URL, used as written",
                        status.url(),
                        url -> new Effect.Alter(new Change.SetUrl(name, address(url)))));
        if (status.source().startsWith("upstreams.toml")) {
            acts.add(
                    Act.asking(
                            'x',
                            "delete",
                            "Take " + name + " out of upstreams.toml?",
                            new Effect.Alter(new Change.RemoveProvider(name))));
        }
        return acts;
    }

    private static Act key(UpstreamStatus status) {
        String variable = status.keyNames().getFirst();
        return Act.secret(
                'k',
                status.keyState() == KeyState.SET ? "change key" : "enter key",
                variable + ", kept in api.env",
                value ->
                        new Effect.Alter(
                                new Change.SetKey(status.name(), variable, secret(value), false)));
    }

    /// **Errors** IllegalArgumentException for what cannot be a key.
    static Secret secret(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("nothing was entered");
        }
        return new Secret(value);
    }

    static String address(String url) {
        try {
            URI parsed = new URI(url);
            boolean web = "http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme());
            if (web && parsed.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException _) {
            // said below
        }
        throw new IllegalArgumentException(
                "\"" + url + "\" is no address such as http://192.168.1.20:8000/v1");
    }

    /// A server of one's own: its protocol, name, address and key, one after the other.
    private static Line.Row add() {
        return new Line.Row(
                "+",
                List.of(
                        Board.cell("+ add a server"),
                        Board.cell(""),
                        Board.cell(""),
                        Board.cell(""),
                        Board.cell("")),
                List.of(
                        Act.choosing(
                                Act.ENTER,
                                "adds",
                                List.of(
                                        protocol('o', "OpenAI-compatible", "openai"),
                                        protocol('a', "Anthropic-compatible", "anthropic")))),
                "any server that speaks OpenAI's or Anthropic's protocol");
    }

    private static Act protocol(char key, String label, String protocol) {
        return new Act(
                key,
                label,
                new Doing.Entering(
                        "Name, in lower case, such as workstation",
                        "",
                        false,
                        typed -> urlOf(name(typed), protocol)));
    }

    private static Doing urlOf(String name, String protocol) {
        return new Doing.Entering(
                "Base URL, such as http://192.168.1.20:8000/v1",
                "",
                false,
                typed -> keyOf(name, protocol, address(typed)));
    }

    private static Doing keyOf(String name, String protocol, String url) {
        return Doing.Entering.secret(
                "Key, empty for none; kept in api.env",
                key ->
                        new Effect.Alter(
                                new Change.AddProvider(name, protocol, url, new Secret(key))));
    }

    private static String name(String typed) {
        if (!typed.matches("[a-z0-9][a-z0-9_-]{0,63}")) {
            throw new IllegalArgumentException(
                    "a name has lower-case letters, digits, - and _, and begins with one of the first two");
        }
        return typed;
    }
}
