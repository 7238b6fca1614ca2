/// The tables of `config.toml` that declare providers, and the source that they become.
///
/// Entry types [hal0.providers.config.ProvidersSection], [hal0.providers.config.ActiveSection].
@NullMarked
package hal0.providers.config;

import org.jspecify.annotations.NullMarked;
