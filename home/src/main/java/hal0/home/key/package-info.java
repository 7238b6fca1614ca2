/// The relay's own keys at rest: the table `relay_key` of the home's database.
///
/// Entry type [hal0.home.key.KeyStore]. What keys mean, who may do what with one and which are
/// needed is the relay's; here they are rows.
@NullMarked
package hal0.home.key;

import org.jspecify.annotations.NullMarked;
