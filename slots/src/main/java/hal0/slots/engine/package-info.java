/// Talks to container engines: where their sockets are, what they answer, what their failures mean.
///
/// Entry type [hal0.slots.engine.Engine], which connects when it is first used; nothing of
/// docker-java is loaded before. Runtimes on top of it say what to run.
@NullMarked
package hal0.slots.engine;

import org.jspecify.annotations.NullMarked;
