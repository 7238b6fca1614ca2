package hal0.agent.file;

import hal0.agent.tool.ToolException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The files that a model has read or written in a conversation, each by the hash of its content.
///
/// **Shape** paths are real. **Threads** any.
public final class SeenFiles {
    private final Map<Path, String> hashes = new ConcurrentHashMap<>();

    void saw(Path file, String hash) {
        hashes.put(file, hash);
    }

    void forget(Path file) {
        hashes.remove(file);
    }

    /// **Errors** [ToolException] unless the model knows this content of the file.
    void demand(Path file, String name, String hash) {
        String seen = hashes.get(file);
        if (seen == null) {
            throw new ToolException(
                    name + " is there and was not read in this conversation: read it first");
        }
        if (!seen.equals(hash)) {
            throw new ToolException(name + " has changed since it was read: read it again");
        }
    }
}
