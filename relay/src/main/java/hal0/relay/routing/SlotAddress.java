package hal0.relay.routing;

import hal0.providers.Auth;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.Timeouts;
import hal0.providers.message.Protocol;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The address by which a slot is called as a provider, wherever it happens to listen.
///
/// **Shape** `slot://local/NAME/v1` asks for the very model that the call names,
/// `slot://any/NAME/v1` for whichever the slot has; `rest` is what follows the name, with the
/// query.
public record SlotAddress(String slot, boolean any, String rest) {
    private static final String SCHEME = "slot";
    private static final String EXACT = "local";
    private static final String ANY = "any";

    /// A model on this machine may think long before its first word, and no provider ends it.
    private static final Timeouts TIMEOUTS =
            new Timeouts(
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(2),
                    Duration.ofHours(1));

    /// One that died is back within seconds, and is waited for while it is on its way.
    private static final int RETRIES = 4;

    /// A slot as a provider: no key, no price, and its models are known without asking.
    public static Provider provider(String name, boolean any, List<ModelInfo> models) {
        URI url = URI.create(SCHEME + "://" + (any ? ANY : EXACT) + "/" + name + "/v1");
        return Provider.builder(name, Protocol.OPENAI, url)
                .auth(new Auth.None())
                .local(true)
                .retries(RETRIES)
                .timeouts(TIMEOUTS)
                .models(models)
                .build();
    }

    /// Whether that is a slot.
    public static boolean isSlot(Provider provider) {
        return SCHEME.equals(provider.baseUrl().getScheme());
    }

    /// Empty for everything that is not at a slot.
    public static Optional<SlotAddress> find(URI uri) {
        if (!SCHEME.equals(uri.getScheme())) {
            return Optional.empty();
        }
        String path = uri.getRawPath();
        int end = path.indexOf('/', 1);
        String rest = end < 0 ? "" : path.substring(end);
        return Optional.of(
                new SlotAddress(
                        path.substring(1, end < 0 ? path.length() : end),
                        ANY.equals(uri.getAuthority()),
                        uri.getRawQuery() == null ? rest : rest + "?" + uri.getRawQuery()));
    }
}
