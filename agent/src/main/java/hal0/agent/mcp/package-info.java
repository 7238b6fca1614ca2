/// The tools of MCP servers, as tools of the agent.
///
/// Entry types: [McpSection] reads which servers there are, [McpServers] starts them when their
/// tools are first wanted and is a toolbox. A server that is slow or broken costs its own tools and
/// nothing else. What goes over the wire is in `wire`, who may call in `login`.
@NullMarked
package hal0.agent.mcp;

import org.jspecify.annotations.NullMarked;
