/// Which models a provider has, asked of the provider itself, and what could be used without any
/// configuration.
///
/// Entry types [hal0.providers.listing.ModelLists] and [hal0.providers.listing.Discovery]. Both may
/// be shared between threads.
@NullMarked
package hal0.providers.listing;

import org.jspecify.annotations.NullMarked;
