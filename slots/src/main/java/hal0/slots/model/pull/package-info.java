/// How models get here: from Hugging Face or any address, whole or not at all.
///
/// Entry type [hal0.slots.model.pull.Pulls]. Each pull is a job on a thread of its own; what it has
/// fetched so far lies beside its place, ends in `.part`, and is gone on from by the next pull of
/// the same thing, in this process or a later one.
@NullMarked
package hal0.slots.model.pull;

import org.jspecify.annotations.NullMarked;
