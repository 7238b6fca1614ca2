/// The Model Context Protocol as a client speaks it: JSON-RPC over a program's standard streams or
/// over HTTP.
///
/// Entry type: [McpConnection], one conversation with one server. It is written here and not taken
/// from the Java SDK, whose client cannot cancel a request, waits for its clock when the program
/// ends in its start, cannot bound the end of a program, and does not show what a 401 says.
/// **Threads** each connection has its own readers; a request blocks the thread that makes it.
/// **Source** modelcontextprotocol.io/specification 2025-11-25, basic; of the SDK,
/// github.com/modelcontextprotocol/java-sdk issues 713, 937, 959 and pull request 803; read
/// 2026-11-21.
@NullMarked
package hal0.agent.mcp.wire;

import org.jspecify.annotations.NullMarked;
