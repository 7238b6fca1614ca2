/// hal0 as MCP servers: `/mcp/admin` operates this relay, `/mcp/memory` remembers for agents.
///
/// Entry type [hal0.relay.mcp.McpRoutes]. What they say over the wire is in `protocol`, the tools
/// in `admin` and `memory`. Nothing of it, nor of the SDK below it, is loaded before the first
/// request.
@NullMarked
package hal0.relay.mcp;

import org.jspecify.annotations.NullMarked;
