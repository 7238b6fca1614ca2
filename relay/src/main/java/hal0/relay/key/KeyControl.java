package hal0.relay.key;

import hal0.relay.guard.Allowance;
import hal0.relay.guard.Scope;
import java.util.List;

/// What can be done to the keys of a home.
///
/// **Errors** [hal0.relay.error.RelayException] for what is refused: 404 `key.not_found`, 409
/// `key.exists`, 422 with the fields; [hal0.home.store.StoreException] or
/// [hal0.relay.control.ControlException] when it cannot be done. **Threads** any; blocks.
public interface KeyControl {

    /// The same, for what somebody else asks for; who asks another process is known there.
    default KeyControl by(String actor) {
        return this;
    }

    /// All keys, revoked ones too, oldest first.
    List<KeyInfo> list();

    /// Makes a key.
    Made create(Wish wish);

    /// Gives a key, by its id or name, another scope and other limits.
    KeyInfo change(String key, Scope scope, Allowance allowance);

    /// Ends a key, by its id or name: from now on nobody is let in by it.
    KeyInfo revoke(String key);

    /// Takes a key out of the list too, as if it had never been made; with the last one that a
    /// person made goes the need of one.
    KeyInfo forget(String key);

    /// A key to be made.
    record Wish(String name, Scope scope, Allowance allowance, boolean launch) {}

    /// A key that was made, and the key itself, which is told this once.
    record Made(KeyInfo info, String key) {
        @Override
        public String toString() {
            return info.toString();
        }
    }
}
