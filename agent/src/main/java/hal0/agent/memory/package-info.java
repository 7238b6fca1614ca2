/// The tools with which a model remembers: over [hal0.home.memory.Memory], where people and other
/// programs find the same notes.
///
/// Entry type: [MemoryTools].
@NullMarked
package hal0.agent.memory;

import org.jspecify.annotations.NullMarked;
