package hal0.providers.dialect;

import org.jspecify.annotations.Nullable;

/// A failure as a client is told it, in whatever form its protocol has for it.
///
/// **Shape** `status` is that of HTTP; `code` one of hal0's, such as `dispatch.no_route`, or the
/// provider's own; `place` where in the request.
public record WireError(int status, String code, String message, @Nullable String place) {}
