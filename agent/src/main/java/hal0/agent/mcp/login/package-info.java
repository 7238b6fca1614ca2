/// Logging in to MCP servers of the network by OAuth 2.1, for a program without a secret: the user
/// says yes in a browser, which comes back to a port of this machine.
///
/// Entry types: [Login] gets a token, [StoredBearer] uses and renews it, [TokenFile] keeps it for
/// this user only. Tokens are bound to the address that they were given for. **Threads** each type
/// says. **Source** modelcontextprotocol.io/specification 2025-11-25, basic/authorization; RFC
/// 6749, 7591, 7636, 8252, 8414, 8707, 9207, 9728; read 2026-11-21.
@NullMarked
package hal0.agent.mcp.login;

import org.jspecify.annotations.NullMarked;
