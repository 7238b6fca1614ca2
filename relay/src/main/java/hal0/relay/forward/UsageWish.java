package hal0.relay.forward;

import static java.lang.System.Logger.Level.INFO;

import hal0.providers.Provider;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Whose streams are asked for usage where the client did not ask.
///
/// **Shape** one that refused a request only because of it is not asked again, until it is declared
/// anew. **Threads** any.
final class UsageWish {
    private static final System.Logger LOG = System.getLogger(PassThrough.class.getName());

    private final Set<Provider> refusing = ConcurrentHashMap.newKeySet();

    boolean isFor(Provider provider) {
        return provider.injectUsage() && !refusing.contains(provider);
    }

    void refusedBy(Provider provider) {
        if (refusing.add(provider)) {
            LOG.log(
                    INFO,
                    "{0} refuses stream_options.include_usage; its streams are not counted unless it counts them by itself",
                    provider.id());
        }
    }
}
