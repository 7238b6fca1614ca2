package hal0.relay.dispatch;

import static java.lang.System.Logger.Level.INFO;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import hal0.providers.Provider;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.relay.dispatch.Balance.Facts;
import hal0.relay.dispatch.Dispatcher.Asked;
import hal0.relay.dispatch.Dispatcher.Resolution;
import hal0.relay.error.RelayException;
import hal0.relay.routing.Kind;
import hal0.relay.routing.NamedRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/// Decides where a name leads, fetching model lists when the decision needs them, and logs it.
///
/// **Errors** [RelayException] when nothing has the model. **Threads** any; may block on providers'
/// lists, bounded by [Lists].
public class Router {
    private static final System.Logger LOG = System.getLogger("hal0.relay.dispatch");

    private static final int LONGEST_SHOWN = 256;

    /// What routing knows, and how it learns more.
    public interface Lists {
        Snapshot snapshot();

        /// Fetches the model lists of these providers, in parallel and bounded in time; returns
        /// when each has answered or failed.
        void fetch(List<String> providers);

        /// A provider as it is called: with what its script says, if it has one.
        default Provider completed(Provider provider) {
            return provider;
        }

        /// Fetches again the lists that are old, likewise; false when there were none.
        default boolean renew() {
            return false;
        }
    }

    private final Lists lists;
    private final TargetFacts facts;
    private final LongSupplier draws;

    public Router(Lists lists) {
        this(lists, TargetFacts.NONE);
    }

    /// `facts` are what the strategies of routes choose by.
    public Router(Lists lists, TargetFacts facts) {
        this(lists, facts, () -> ThreadLocalRandom.current().nextLong());
    }

    /// `draws` decide what strategies leave to chance.
    Router(Lists lists, TargetFacts facts, LongSupplier draws) {
        this.lists = lists;
        this.facts = facts;
        this.draws = draws;
    }

    /// The decision for the model of a conversation; an empty name is the active model.
    public Decision decide(String requestId, String name) {
        return decide(requestId, name, Kind.CHAT);
    }

    /// The decision for a model's name and what is asked of it.
    public Decision decide(String requestId, String name, Kind kind) {
        long started = System.nanoTime();
        List<String> fetched = new ArrayList<>();
        Resolution resolution = resolve(name, kind, fetched);
        if (resolution instanceof Resolution.NoRoute && lists.renew()) {
            // An old list says who has a model, but not who has it since.
            resolution = resolve(name, kind, fetched);
        }
        log(new Line(requestId, name, resolution, fetched, System.nanoTime() - started));
        return switch (resolution) {
            case Resolution.Routed(Decision decision) -> completed(decision);
            case Resolution.NothingActive _ ->
                    throw RelayException.at(
                            "model",
                            400,
                            "dispatch.nothing_active",
                            "the request names no model and none is active; name one, or choose one"
                                    + " in hal0 ([active] in config.toml)");
            case Resolution.NoTarget(NamedRoute route) -> throw noTarget(route);
            // A list that stays unknown after it was fetched is as good as empty.
            case Resolution.NeedsLists _ -> throw noRoute(name, List.of(), silent(fetched));
            case Resolution.NoRoute(List<String> nearest) ->
                    throw noRoute(name, nearest, silent(fetched));
        };
    }

    /// Who has its key, was asked for its models, and has told none: it may have the model.
    private List<String> silent(List<String> fetched) {
        Snapshot now = lists.snapshot();
        return fetched.stream()
                .filter(now.ready()::contains)
                .filter(id -> !now.listed().containsKey(id))
                .toList();
    }

    /// Fetches what the decision needs, each list once; `fetched` tells which.
    private Resolution resolve(String name, Kind kind, List<String> fetched) {
        long draw = draws.getAsLong();
        while (true) {
            Resolution resolution =
                    Dispatcher.resolve(
                            new Asked(name, kind, fetched),
                            lists.snapshot(),
                            new Facts(facts, draw));
            if (!(resolution instanceof Resolution.NeedsLists(List<String> cold))
                    || fetched.containsAll(cold)) {
                return resolution;
            }
            lists.fetch(cold);
            fetched.addAll(cold);
        }
    }

    private Decision completed(Decision decision) {
        List<Target> targets = new ArrayList<>(decision.targets().size());
        for (Target target : decision.targets()) {
            targets.add(new Target(lists.completed(target.provider()), target.model()));
        }
        return new Decision(
                decision.requested(), targets, decision.path(), decision.rules(), decision.tried());
    }

    /// The same for who asks inside the program and knows provider errors only.
    ///
    /// **Errors** [ProviderException.UnknownModel] when nothing has the model.
    Decision decideHere(String requestId, String name) {
        try {
            return decide(requestId, name);
        } catch (RelayException e) {
            throw new ProviderException.UnknownModel(e.message(), Failure.unanswered("", name));
        }
    }

    private static RelayException noTarget(NamedRoute route) {
        return RelayException.at(
                "model",
                503,
                "dispatch.no_target",
                "the route \"%s\" has no target that can be used: %s; `hal0 doctor` says why"
                        .formatted(route.model(), String.join(", ", route.targets())));
    }

    private static RelayException noRoute(String name, List<String> nearest, List<String> silent) {
        String hint =
                nearest.isEmpty()
                        ? "write PROVIDER/MODEL; GET /v1/models lists what there is"
                        : "the nearest are " + String.join(", ", nearest);
        if (!silent.isEmpty()) {
            hint +=
                    "; %s could not be asked for what it has: `hal0 providers test %s` says why"
                            .formatted(
                                    String.join(", ", silent.stream().limit(3).toList()),
                                    silent.getFirst());
        }
        return RelayException.at(
                "model",
                404,
                "dispatch.no_route",
                "no provider has the model \"%s\"; %s".formatted(bounded(name), hint));
    }

    /// What is told of one decision.
    private record Line(
            String requestId,
            String name,
            Resolution resolution,
            List<String> fetched,
            long nanos) {
        String path() {
            return switch (resolution) {
                case Resolution.Routed(Decision decision) -> decision.path();
                case Resolution.NoTarget(NamedRoute route) -> "route:" + route.model();
                case Resolution.NeedsLists _, Resolution.NoRoute _, Resolution.NothingActive _ ->
                        "none";
            };
        }

        String target() {
            return resolution instanceof Resolution.Routed(Decision decision)
                    ? decision.target().toString()
                    : "";
        }
    }

    private static void log(Line decided) {
        if (!LOG.isLoggable(INFO)) {
            return;
        }
        StringBuilder line = new StringBuilder(256);
        line.append("dispatch.decision {\"request_id\":\"").append(decided.requestId());
        line.append("\",\"model\":\"").append(escaped(decided.name()));
        line.append("\",\"resolution_path\":\"").append(escaped(decided.path()));
        line.append("\",\"target\":\"").append(escaped(decided.target()));
        boolean warm = decided.fetched().isEmpty();
        line.append("\",\"cache_state\":\"").append(warm ? "warm" : "cold");
        line.append("\",\"tried\":[").append(quoted(decided.fetched()));
        line.append("],\"latency_ms\":").append(decided.nanos() / 1e6).append('}');
        LOG.log(INFO, line.toString());
    }

    private static String quoted(List<String> words) {
        return words.isEmpty() ? "" : "\"" + String.join("\",\"", words) + "\"";
    }

    /// A name as it is shown and compared: the client's text has no limit of its own.
    static String bounded(String name) {
        return name.length() <= LONGEST_SHOWN ? name : name.substring(0, LONGEST_SHOWN) + "…";
    }

    /// A model's name is the client's text: it must stay inside its quotes and on its line.
    private static String escaped(String text) {
        String shown = bounded(text);
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                return new String(JsonStringEncoder.getInstance().quoteAsString(shown));
            }
        }
        return shown;
    }
}
