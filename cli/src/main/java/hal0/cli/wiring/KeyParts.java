package hal0.cli.wiring;

import hal0.home.Home;
import hal0.home.key.KeyStore;
import hal0.home.store.Database;
import hal0.relay.key.Keys;
import hal0.relay.key.KnownKeys;
import hal0.relay.key.Limits;
import hal0.relay.key.LoginFile;
import hal0.relay.key.Logins;
import java.time.InstantSource;

/// What there is about the relay's own keys: what is known of them, what each has used, and what
/// can be done to them.
record KeyParts(KnownKeys known, Limits limits, Keys keys, Logins logins) {

    /// `told` hears of every key that is made or changed.
    static KeyParts of(Database database, Home home, InstantSource clock, Keys.Told told) {
        KeyStore store = new KeyStore(database, home.database());
        KnownKeys known = new KnownKeys(store, clock);
        Limits limits = new Limits(store, clock);
        return new KeyParts(
                known,
                limits,
                new Keys(store, known, limits, clock, told),
                new Logins(known, new LoginFile(home.loginsFile()), clock));
    }
}
