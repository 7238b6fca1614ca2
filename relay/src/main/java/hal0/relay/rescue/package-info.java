/// What becomes of a request whose target fails: who is asked next, what a client has been shown,
/// and whether another answer goes on exactly there.
///
/// Entry types `RescueRule` and `MidstreamRule`, pure decisions; `Breakers`, which owns what is
/// known of targets; `RescuedStream`, an answer that several targets may give. Knows nothing of
/// HTTP, of routes or of the ledger. Breakers may be asked from any thread, everything else belongs
/// to its request.
@NullMarked
package hal0.relay.rescue;

import org.jspecify.annotations.NullMarked;
