package hal0.relay.control;

import hal0.providers.Provider;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// To whom a variable with a key belongs: to the origin (scheme, host, port) of the first provider
/// that names it. Another origin would be sent a key that is not its own.
///
/// **Shape** pure.
final class KeyOrigins {
    private KeyOrigins() {}

    /// A variable and the provider whose origin owns it.
    record Owned(String variable, Provider owner) {}

    /// The first variable of `wanted` that belongs elsewhere; `known` in order of precedence, with
    /// what `wanted` was before.
    static Optional<Owned> elsewhere(Provider wanted, List<Provider> known) {
        String origin = origin(wanted.baseUrl());
        for (String variable : wanted.keyNames()) {
            Optional<Provider> owner =
                    known.stream().filter(p -> p.keyNames().contains(variable)).findFirst();
            if (owner.isPresent() && !origin(owner.get().baseUrl()).equals(origin)) {
                return Optional.of(new Owned(variable, owner.get()));
            }
        }
        return Optional.empty();
    }

    static String origin(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        int port = url.getPort();
        if (port < 0) {
            port = scheme.equals("https") ? 443 : 80;
        }
        return scheme + "://" + String.valueOf(url.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }
}
