package hal0.relay.route;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Names of header fields as the server library wants them.
///
/// **Shape** those that each request asks for or each answer has are made once: the library makes
/// any name that it does not know anew, in small letters, and hashes it at each use.
final class FieldNames {
    private static final Map<String, HeaderName> USUAL =
            List.of(
                            "X-Request-ID",
                            "x-request-id",
                            "x-hal0-origin",
                            "x-hal0-provider",
                            "x-hal0-model",
                            "x-hal0-route",
                            "x-hal0-attempts",
                            "x-hal0-overhead-us",
                            "x-hal0-upstream-request-id",
                            "x-hal0-session",
                            "x-hal0-turn",
                            "x-hal0-client",
                            "Accept-Encoding",
                            "Connection",
                            "Content-Type")
                    .stream()
                    .collect(
                            Collectors.toUnmodifiableMap(Function.identity(), HeaderNames::create));

    private FieldNames() {}

    static HeaderName of(String name) {
        HeaderName usual = USUAL.get(name);
        return usual == null ? HeaderNames.create(name) : usual;
    }
}
