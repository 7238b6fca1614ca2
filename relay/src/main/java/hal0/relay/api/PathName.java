package hal0.relay.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;

/// A name as it stands in a path.
final class PathName {
    private PathName() {}

    /// One that is not encoded as a path is stays as it is: nothing has that name.
    static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }
}
