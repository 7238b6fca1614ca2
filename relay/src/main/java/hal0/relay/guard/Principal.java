package hal0.relay.guard;

import org.jspecify.annotations.Nullable;

/// Who makes a request, as far as the relay knows.
///
/// **Shape** `keyId` is null where no key of the relay's was shown: this home's own processes, and
/// callers over loopback while none is needed; `name` is the key's, for people.
public record Principal(@Nullable String keyId, String name, Scope scope, Allowance allowance) {
    /// A process of this home, which showed the token in `state/relay.json`.
    public static final Principal OWN = new Principal("hal0", Scope.ADMIN);

    /// A program of this machine, while no key is needed.
    public static final Principal LOCAL = new Principal("local", Scope.ADMIN);

    /// Anybody else.
    public static final Principal UNKNOWN = new Principal("unknown", Scope.CLIENT);

    private Principal(String name, Scope scope) {
        this(null, name, scope, Allowance.ALL);
    }
}
