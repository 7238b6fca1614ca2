/// The relay's own keys: who is let in by one, and how much may be asked for with it.
///
/// [hal0.relay.key.Admission] decides on each request from what it shows;
/// [hal0.relay.key.KnownKeys] holds the keys in memory, so that the database is not asked on the
/// way of a request and may be away; [hal0.relay.key.Limits] counts. [hal0.relay.key.KeyControl] is
/// what can be done to keys, here ([hal0.relay.key.Keys]) or in the owner of the home
/// ([hal0.relay.key.HttpKeys]).
@NullMarked
package hal0.relay.key;

import org.jspecify.annotations.NullMarked;
