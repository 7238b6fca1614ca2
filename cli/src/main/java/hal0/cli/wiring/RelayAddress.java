package hal0.cli.wiring;

import hal0.home.error.ErrorKind;
import hal0.providers.config.BaseUrl;
import hal0.relay.control.ControlException;
import java.net.URI;
import java.util.Optional;

/// Where a relay is that commands talk to, and what lets them in.
///
/// **Shape** `HAL0_API_URL` names one, with `HAL0_API_KEY`; else it is the owner of this home,
/// whose files are ours (`ownHome`). No port is guessed.
public record RelayAddress(URI url, String token, boolean ownHome) {

    /// **Errors** [ControlException] when the variable is no address, or the owner cannot be told.
    static Optional<RelayAddress> find(Configuration configuration) {
        return named(configuration)
                .or(() ->
                        Owner.find(configuration.home())
                                .map(file ->
                                        new RelayAddress(file.address(), file.adminToken(), true)));
    }

    /// The one that the environment names.
    public static Optional<RelayAddress> named(Configuration configuration) {
        Optional<String> url = configuration.secrets().find("HAL0_API_URL");
        String key = configuration.secrets().find("HAL0_API_KEY").orElse("");
        return url.map(text -> new RelayAddress(parsed(text), key, false));
    }

    /// Whether the environment names one, so that models are asked there.
    public static boolean isNamed(Configuration configuration) {
        return configuration.secrets().find("HAL0_API_URL").isPresent();
    }

    private static URI parsed(String text) {
        try {
            return BaseUrl.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ControlException(
                    ErrorKind.CONFIGURATION,
                    "HAL0_API_URL: %s; it is the address of a relay, such as http://127.0.0.1:8080"
                            .formatted(e.getMessage()),
                    e);
        }
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
