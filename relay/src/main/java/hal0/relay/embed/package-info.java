/// Turns what is remembered into vectors, by a model that is reached like every other: routed,
/// tried again, within the budget, in the ledger as `memory`.
///
/// Entry types [hal0.relay.embed.RoutedEmbedder] for the process that owns a home and
/// [hal0.relay.embed.RelayEmbedder] for others, which ask that one. Which model it is,
/// [hal0.relay.embed.EmbedModel] says.
@NullMarked
package hal0.relay.embed;

import org.jspecify.annotations.NullMarked;
