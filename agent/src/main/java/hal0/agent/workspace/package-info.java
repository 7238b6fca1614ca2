/// The folder that a conversation works in, and which paths belong to it.
///
/// Entry type: [Workspace].
@NullMarked
package hal0.agent.workspace;

import org.jspecify.annotations.NullMarked;
