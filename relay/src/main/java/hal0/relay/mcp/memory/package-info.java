/// `/mcp/memory`: what agents remember from one conversation to the next.
///
/// Entry type [hal0.relay.mcp.memory.MemoryServer]. Which bank a caller has, and which others it
/// may look into, is [hal0.relay.mcp.memory.Banks]' alone.
@NullMarked
package hal0.relay.mcp.memory;

import org.jspecify.annotations.NullMarked;
