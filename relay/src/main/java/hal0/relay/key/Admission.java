package hal0.relay.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.key.KeyRow;
import hal0.home.store.StoreException;
import hal0.relay.error.RelayException;
import hal0.relay.guard.Allowance;
import hal0.relay.guard.Principal;
import hal0.relay.guard.Scope;
import hal0.relay.guard.Shown;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;

/// Says who makes a request, by the key that it shows.
///
/// **Shape** the token of `state/relay.json` is this home's own; a key of the relay's is its
/// holder, and so is the cookie of a page that signed in with it, where no key is shown; without
/// one a caller on this machine is let in while no key is needed, and so is the dummy that client
/// libraries insist on sending. A key that looks like one of ours and is not, or is revoked, never
/// passes for such a dummy. **Errors** [RelayException]: 401 for a key that is missing, wrong or
/// revoked, 400 for two keys, 503 while nobody can tell. **Threads** any.
public final class Admission {
    private static final Map<String, String> CHALLENGE =
            Map.of("WWW-Authenticate", "Bearer realm=\"hal0\"");
    private static final String WAYS =
            "send it as Authorization: Bearer, x-api-key, x-goog-api-key or ?key=";

    private final KnownKeys keys;
    private final Logins logins;
    private final byte[] ownToken;

    public Admission(KnownKeys keys, Logins logins, String ownToken) {
        this.keys = keys;
        this.logins = logins;
        this.ownToken = ownToken.getBytes(UTF_8);
    }

    /// `local` callers are on this machine; an `open` route needs no key from them.
    public Principal admit(Shown shown, boolean local, boolean open) {
        if (shown.keys().size() == 1 && isOwn(shown.keys().iterator().next())) {
            return Principal.OWN;
        }
        try {
            return ofKeys(shown, local, open);
        } catch (StoreException e) {
            throw RelayException.of(
                    503,
                    "guard.keys_unavailable",
                    "nobody can tell which keys are valid: " + e.getMessage());
        }
    }

    private Principal ofKeys(Shown shown, boolean local, boolean open) {
        boolean needed = keys.isNeeded();
        if (shown.keys().size() > 1) {
            if (needed || shown.keys().stream().anyMatch(this::isOurs)) {
                throw RelayException.of(
                        400,
                        "guard.two_keys",
                        "the request shows two different keys in its headers and its address; send one"
                                + " of them");
            }
            return without(local, open, false);
        }
        if (shown.keys().isEmpty()) {
            return ofCookie(shown, local, open, needed);
        }
        String key = shown.keys().iterator().next();
        Optional<KeyRow> found = keys.find(key);
        if (found.isPresent()) {
            return holder(found.get());
        }
        if ((needed && !(local && open)) || key.startsWith(KeyText.PREFIX)) {
            throw unauthenticated(
                    "guard.key_invalid",
                    "the relay does not know this key; make one with: hal0 keys create NAME");
        }
        return without(local, open, needed);
    }

    /// Two relays of one machine write the same cookie, so that one of several may be meant.
    private Principal ofCookie(Shown shown, boolean local, boolean open, boolean needed) {
        for (String cookie : shown.cookies()) {
            Optional<KeyRow> key = logins.keyOf(cookie);
            if (key.isPresent()) {
                return holder(key.get());
            }
        }
        if (!shown.cookies().isEmpty() && needed && !(local && open)) {
            throw unauthenticated(
                    "guard.login_ended", "you are signed out; sign in again with an admin key");
        }
        return without(local, open, needed);
    }

    /// Who makes a request, whatever that opens; [Principal#UNKNOWN] for a key that opens nothing.
    public Principal recognized(Shown shown, boolean local) {
        try {
            return admit(shown, local, false);
        } catch (RelayException e) {
            if (e.status() == 503) {
                throw e;
            }
            return Principal.UNKNOWN;
        }
    }

    private Principal holder(KeyRow key) {
        if (key.isRevoked()) {
            throw unauthenticated(
                    "guard.key_revoked",
                    "the key \"%s\" is revoked; make another with: hal0 keys create NAME"
                            .formatted(key.name()));
        }
        keys.used(key);
        return new Principal(
                key.id(),
                key.name(),
                Scope.find(key.scope()).orElse(Scope.CLIENT),
                new Allowance(key.models(), key.rpm(), key.tpm(), key.budgetUsd()));
    }

    private static Principal without(boolean local, boolean open, boolean needed) {
        if (!needed) {
            return local ? Principal.LOCAL : Principal.UNKNOWN;
        }
        if (local && open) {
            return Principal.UNKNOWN;
        }
        throw unauthenticated(
                "guard.key_missing",
                "this relay needs a key; make one with: hal0 keys create NAME, and " + WAYS);
    }

    private static RelayException unauthenticated(String code, String message) {
        return RelayException.of(401, code, message).with(CHALLENGE);
    }

    private boolean isOurs(String key) {
        return key.startsWith(KeyText.PREFIX) || isOwn(key);
    }

    private boolean isOwn(String key) {
        return MessageDigest.isEqual(key.getBytes(UTF_8), ownToken);
    }
}
