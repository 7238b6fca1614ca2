package hal0.agent.memory;

import hal0.agent.tool.AgentTool;
import hal0.home.memory.Memory;
import java.util.List;
import java.util.Map;

/// Both tools over one bank of a memory.
///
/// **Shape** `metadata` goes with every note that is added, such as the folder that a conversation
/// works in; `source` says who remembers, such as `agent`.
public final class MemoryTools {
    private MemoryTools() {}

    /// In the order in which they are offered.
    public static List<AgentTool> of(
            Memory memory, String bank, String source, Map<String, String> metadata) {
        return List.of(
                new MemorySearch(memory, bank),
                new MemoryAdd(memory, bank, source, Map.copyOf(metadata)));
    }
}
