package hal0.cli.wiring;

import hal0.home.Home;
import hal0.home.key.KeyStore;
import hal0.home.store.Database;
import hal0.relay.key.Keys;
import hal0.relay.key.KnownKeys;
import hal0.relay.key.Limits;
import java.time.InstantSource;

/// What there is about the relay's own keys: what is known of them, what each has used, and what
/// can be done to them.
record KeyParts(KnownKeys known, Limits limits, Keys keys) {

    static KeyParts of(Database database, Home home, InstantSource clock) {
        KeyStore store = new KeyStore(database, home.database());
        KnownKeys known = new KnownKeys(store, clock);
        Limits limits = new Limits(store, clock);
        return new KeyParts(known, limits, new Keys(store, known, limits, clock, (_, _) -> {}));
    }
}
