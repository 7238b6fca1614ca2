package hal0.relay.key;

import hal0.relay.guard.Scope;
import java.time.Instant;

/// A page that is signed in: whose key it shows, what that opens, and until when.
public record Login(String keyId, String name, Scope scope, Instant expiresAt) {

    /// The same just now made, with the text of its cookie, which nobody is told again.
    public record Opened(String token, Login login) {
        @Override
        public String toString() {
            return login.toString();
        }
    }
}
