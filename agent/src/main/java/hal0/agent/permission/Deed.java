package hal0.agent.permission;

import java.net.URI;
import java.nio.file.Path;

/// What a call of a tool would do, as far as permissions care; a call without deeds touches nothing
/// of the user's.
///
/// **Shape** paths are absolute, with links followed as far as they exist, so that a link cannot
/// lead out of the workspace unseen.
public sealed interface Deed {

    /// Looks at a file or at what a folder holds.
    record Read(Path path) implements Deed {}

    /// Makes, changes, moves or removes a file.
    record Edit(Path path) implements Deed {}

    /// Runs a command line: `bash`, or another shell where there is none.
    record Shell(String command, boolean bash) implements Deed {

        public Shell(String command) {
            this(command, true);
        }
    }

    /// Gets a page from the network.
    record Fetch(URI address) implements Deed {}

    /// Calls a tool of an MCP server. `readOnly` is what the server says of it.
    record Mcp(String server, String tool, boolean readOnly) implements Deed {}

    /// Adds to what hal0 remembers.
    record Remember(String text) implements Deed {}
}
