/// Calling a provider: address, key, request, answer.
///
/// Entry types [hal0.providers.client.ProviderClient] for who speaks the neutral language, and
/// [hal0.providers.client.RequestBuilder] for who passes bytes through. Both may be shared between
/// threads; an answer belongs to who pulls it.
@NullMarked
package hal0.providers.client;

import org.jspecify.annotations.NullMarked;
