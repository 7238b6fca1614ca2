/// The tools that read, list and change files.
///
/// Entry type: [FileTools]. A change is worked out before it is allowed ([Step] says what each file
/// was and becomes) and done after, all files or none; what changed between is refused. [SeenFiles]
/// belongs to the conversation: a file that the model has not read as it is now is not changed.
@NullMarked
package hal0.agent.file;

import org.jspecify.annotations.NullMarked;
