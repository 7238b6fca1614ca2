package hal0.relay.control;

import hal0.providers.Secret;
import hal0.providers.http.CancelToken;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Providers as they can be looked at, declared and tried out.
///
/// **Shape** keys are those of an `[[upstream]]` in `upstreams.toml`; values are String, Boolean,
/// Long, Double, List of String, or for `model_filters` a Map. `confirmed` says that a variable may
/// be sent to another origin than the one that it belongs to. **Errors** [ControlException], with a
/// [Refusal] where one fits. **Threads** any; blocks.
public interface Upstreams {

    List<UpstreamStatus> all();

    UpstreamStatus one(String name);

    /// All that holds for one, and where each value comes from.
    List<ProviderFacts.Fact> facts(String name);

    /// Declares one in `upstreams.toml`; it is used from now on.
    UpstreamStatus add(Map<String, @Nullable Object> keys, boolean confirmed);

    /// Changes the keys that are given; null takes one away.
    UpstreamStatus change(String name, Map<String, @Nullable Object> keys, boolean confirmed);

    void remove(String name);

    /// Writes the value of one of its variables to `api.env`; it is used from now on.
    void setCredential(String name, String variable, Secret value);

    /// Takes the value away again; whether there was one.
    boolean removeCredential(String name, String variable);

    /// Calls it, without asking a model. Where it was not `chosen`, nobody declared it or set its
    /// key, and its absence is no failure.
    UpstreamTrial test(String name, boolean chosen, CancelToken cancel);

    /// The same of one that somebody chose.
    default UpstreamTrial test(String name, CancelToken cancel) {
        return test(name, true, cancel);
    }
}
