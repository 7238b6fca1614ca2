package hal0.relay.dispatch;

import static java.lang.System.Logger.Level.INFO;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import hal0.providers.Provider;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.relay.dispatch.Dispatcher.Resolution;
import hal0.relay.error.RelayException;
import java.util.ArrayList;
import java.util.List;

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

    public Router(Lists lists) {
        this.lists = lists;
    }

    /// The decision for a model's name; empty is the active model.
    public Decision decide(String requestId, String name) {
        long started = System.nanoTime();
        List<String> fetched = new ArrayList<>();
        Resolution resolution = Dispatcher.resolve(name, lists.snapshot(), fetched);
        if (resolution instanceof Resolution.NeedsLists(List<String> cold)) {
            lists.fetch(cold);
            fetched.addAll(cold);
            resolution = Dispatcher.resolve(name, lists.snapshot(), fetched);
        }
        if (resolution instanceof Resolution.NoRoute && lists.renew()) {
            // An old list says who has a model, but not who has it since.
            resolution = Dispatcher.resolve(name, lists.snapshot(), fetched);
        }
        long nanos = System.nanoTime() - started;
        if (resolution instanceof Resolution.Routed(Decision decision)) {
            log(requestId, name, decision.path(), decision.target().toString(), fetched, nanos);
        } else {
            log(requestId, name, "none", "", fetched, nanos);
        }
        return switch (resolution) {
            case Resolution.Routed(Decision decision) -> completed(decision);
            case Resolution.NothingActive _ ->
                    throw RelayException.at(
                            "model",
                            400,
                            "dispatch.nothing_active",
                            "the request names no model and none is active; name one, or choose one"
                                    + " in hal0 ([active] in config.toml)");
            // A list that stays unknown after it was fetched is as good as empty.
            case Resolution.NeedsLists _ -> throw noRoute(name, List.of());
            case Resolution.NoRoute(List<String> nearest) -> throw noRoute(name, nearest);
        };
    }

    private Decision completed(Decision decision) {
        List<Target> targets =
                decision.targets().stream()
                        .map(target ->
                                new Target(lists.completed(target.provider()), target.model()))
                        .toList();
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

    private static RelayException noRoute(String name, List<String> nearest) {
        String hint =
                nearest.isEmpty()
                        ? "no provider has told which models it has; write provider/model"
                        : "the nearest are " + String.join(", ", nearest);
        return RelayException.at(
                "model",
                404,
                "dispatch.no_route",
                "no provider has the model \"%s\"; %s".formatted(bounded(name), hint));
    }

    private static void log(
            String requestId,
            String name,
            String path,
            String target,
            List<String> fetched,
            long nanos) {
        if (!LOG.isLoggable(INFO)) {
            return;
        }
        StringBuilder line = new StringBuilder(256);
        line.append("dispatch.decision {\"request_id\":\"").append(requestId);
        line.append("\",\"model\":\"").append(escaped(name));
        line.append("\",\"resolution_path\":\"").append(path);
        line.append("\",\"target\":\"").append(escaped(target));
        line.append("\",\"cache_state\":\"").append(fetched.isEmpty() ? "warm" : "cold");
        line.append("\",\"tried\":[").append(quoted(fetched));
        line.append("],\"latency_ms\":").append(nanos / 1e6).append('}');
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
        return new String(JsonStringEncoder.getInstance().quoteAsString(bounded(text)));
    }
}
