/// What a model provider is and how to talk to one.
///
/// Entry types: [hal0.providers.ModelClient] answers a request, [hal0.providers.ProviderSource]
/// says which providers there are. Values are immutable; snapshots are replaced whole.
@NullMarked
package hal0.providers;

import org.jspecify.annotations.NullMarked;
