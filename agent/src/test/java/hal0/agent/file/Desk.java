package hal0.agent.file;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.tool.ToolRun;
import hal0.agent.workspace.Workspace;
import hal0.providers.http.CancelToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The tools for files over a folder, called as a model calls them.
final class Desk {
    private static final ObjectMapper JSON = new ObjectMapper();

    final Path root;
    final CancelToken cancel = new CancelToken();
    private final List<AgentTool> tools;

    Desk(Path folder) throws IOException {
        Workspace workspace = Workspace.of(folder);
        root = workspace.root();
        tools = FileTools.of(workspace, new SeenFiles());
    }

    /// Arguments by name and value, one behind the other.
    PlannedCall plan(String tool, Object... arguments) {
        ObjectNode given = JSON.createObjectNode();
        for (int i = 0; i < arguments.length; i += 2) {
            given.set((String) arguments[i], JSON.valueToTree(arguments[i + 1]));
        }
        AgentTool found =
                tools.stream().filter(each -> each.name().equals(tool)).findFirst().orElseThrow();
        return found.plan(given);
    }

    ToolOutcome run(PlannedCall planned) {
        return planned.run(new ToolRun("call", cancel, _ -> {}));
    }

    ToolOutcome call(String tool, Object... arguments) {
        return run(plan(tool, arguments));
    }

    String text(String tool, Object... arguments) {
        return call(tool, arguments).text();
    }

    Path file(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    /// A file that the model has read.
    Path readFile(String name, String content) throws IOException {
        Path file = file(name, content);
        call("read", "path", name);
        return file;
    }
}
