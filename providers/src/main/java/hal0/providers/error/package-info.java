/// How a call to a provider fails: one sealed family, told apart by what the caller can do about
/// it.
///
/// Entry type [hal0.providers.error.ProviderException].
@NullMarked
package hal0.providers.error;

import org.jspecify.annotations.NullMarked;
