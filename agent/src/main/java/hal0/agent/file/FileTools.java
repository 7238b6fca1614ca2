package hal0.agent.file;

import hal0.agent.tool.AgentTool;
import hal0.agent.workspace.Workspace;
import java.util.List;

/// Makes the tools for files, for one conversation: `read`, `write`, `edit`, `apply_patch`.
public final class FileTools {
    private FileTools() {}

    /// **Shape** in an order that stays. `seen` is what this conversation has read.
    public static List<AgentTool> of(Workspace workspace, SeenFiles seen) {
        Places places = new Places(workspace);
        return List.of(
                new ReadTool(places, seen),
                new WriteTool(places, seen),
                new EditTool(places, seen),
                new PatchTool(places, seen),
                new ListTool(places));
    }
}
