package hal0.agent.mcp.login;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a 401 says of how to log in: the parameters of a `WWW-Authenticate: Bearer` header.
///
/// **Source** RFC 6750 section 3, RFC 9728 section 5.1.
record Challenge(String text) {
    /// A parameter's value, quoted or not.
    Optional<String> find(String name) {
        Matcher found =
                Pattern.compile(
                                "(?i)(?:^|[\\s,])"
                                        + Pattern.quote(name)
                                        + "\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,]+))")
                        .matcher(text);
        return found.find()
                ? Optional.of(found.group(1) != null ? found.group(1) : found.group(2))
                : Optional.empty();
    }
}
