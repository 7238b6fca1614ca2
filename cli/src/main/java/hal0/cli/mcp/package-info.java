/// `hal0 mcp`: the commands about MCP servers, one a file.
@NullMarked
package hal0.cli.mcp;

import org.jspecify.annotations.NullMarked;
