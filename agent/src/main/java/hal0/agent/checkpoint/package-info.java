/// What a turn's tools are about to change is kept first, so that it can be brought back.
///
/// Entry type: [Checkpoints]. The contents live in an object store of hal0's own; which files a
/// turn changed is said in its session.
@NullMarked
package hal0.agent.checkpoint;

import org.jspecify.annotations.NullMarked;
