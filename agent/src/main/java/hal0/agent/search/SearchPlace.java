package hal0.agent.search;

import hal0.agent.tool.ToolException;
import hal0.agent.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where a search begins, and how what it finds is named.
///
/// **Shape** `start` is real, `name` is how people and models call it.
record SearchPlace(Path start, String name, boolean folder, boolean hidden) {

    /// **Errors** [ToolException] when there is nothing at `path`.
    static SearchPlace of(Workspace workspace, @Nullable String path) {
        Path start = path == null || path.isBlank() ? workspace.root() : workspace.resolve(path);
        String name = workspace.name(start);
        if (!Files.exists(start)) {
            throw new ToolException("there is no " + name + "; list shows what is there");
        }
        boolean hidden = (name.startsWith(".") && name.length() > 1) || name.contains("/.");
        return new SearchPlace(start, name, Files.isDirectory(start), hidden);
    }

    /// How a file under the start is called.
    String named(String found) {
        return !folder ? name : name.equals(".") ? found : name + "/" + found;
    }

    /// ` in src`, or nothing where all of the workspace is searched.
    String words() {
        return name.equals(".") ? "" : " in " + name;
    }
}
