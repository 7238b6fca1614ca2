/// Makes tools of fields: the same [hal0.relay.route.Field]s describe what a tool takes, check it
/// and describe what it answers.
///
/// Entry type [hal0.relay.mcp.tool.ToolBuilder].
@NullMarked
package hal0.relay.mcp.tool;

import org.jspecify.annotations.NullMarked;
