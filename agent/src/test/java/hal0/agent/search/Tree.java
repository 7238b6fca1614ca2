package hal0.agent.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.tool.ToolRun;
import hal0.agent.workspace.Workspace;
import hal0.providers.http.CancelToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/// A folder of files for a test.
record Tree(Path root) {
    static Tree in(Path folder) throws IOException {
        return new Tree(folder.toRealPath());
    }

    Tree file(String name, String... lines) {
        return bytes(name, (String.join("\n", lines) + "\n").getBytes(UTF_8));
    }

    Tree bytes(String name, byte[] bytes) {
        try {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            return this;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    Workspace workspace() {
        return new Workspace(root, List.of());
    }

    TreeSet<String> walked(boolean hidden) {
        TreeSet<String> names = new TreeSet<>();
        new Walker(root, hidden)
                .walk(
                        root,
                        found -> {
                            synchronized (names) {
                                names.add(found.name());
                            }
                        },
                        () -> false);
        return names;
    }

    static ToolOutcome call(AgentTool tool, String arguments) {
        return tool.plan(json(arguments)).run(run(new CancelToken()));
    }

    static ToolRun run(CancelToken cancel) {
        return new ToolRun("call_1", cancel, _ -> {});
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
