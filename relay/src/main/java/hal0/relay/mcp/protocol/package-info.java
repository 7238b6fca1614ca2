/// The Model Context Protocol as a server speaks it: streamable HTTP over the relay's own
/// exchanges.
///
/// Entry types: [hal0.relay.mcp.protocol.Offer] says what a server has,
/// [hal0.relay.mcp.protocol.McpEndpoint] answers requests with it. The messages and the correlation
/// of requests with answers are the official SDK's; the transport, the bounds, paging, cancellation
/// and resuming are written here, because the SDK has none of them. **Threads** each call runs on a
/// virtual thread of its own, and what it says goes through a
/// [hal0.relay.mcp.protocol.MessageStream] to whichever connection listens. **Source**
/// modelcontextprotocol.io/specification 2025-11-25, basic and server, read 2026-11-22.
@NullMarked
package hal0.relay.mcp.protocol;

import org.jspecify.annotations.NullMarked;
