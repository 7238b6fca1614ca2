/// What a model can do here: each tool is one small file, its text a resource beside it.
///
/// Entry types: [AgentTool], which reads the arguments of a call into a [PlannedCall], and
/// [Toolbox], the tools of a conversation. Reading arguments has no effect; permissions decide
/// between reading and running.
@NullMarked
package hal0.agent.tool;

import org.jspecify.annotations.NullMarked;
