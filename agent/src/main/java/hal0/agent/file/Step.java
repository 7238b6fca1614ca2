package hal0.agent.file;

import hal0.agent.tool.ToolException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What becomes of one file.
///
/// **Shape** `asked` is the name that the model gave, `path` the real place that it led to. A null
/// content means that there is no file. `like` is the file whose mode a new one takes.
record Step(
        String asked,
        Path path,
        byte @Nullable [] before,
        byte @Nullable [] after,
        @Nullable Path like) {

    /// **Errors** [ToolException] when the file is not as it was when the step was worked out.
    void demandUnchanged(Places places) {
        places.demandUnmoved(asked, path);
        String name = places.name(path);
        byte[] now = OnDisk.bytes(path, name);
        if (before == null && now != null) {
            throw new ToolException(name + " is there now: read it first");
        }
        if (before != null && !Arrays.equals(before, now)) {
            throw new ToolException(
                    now == null
                            ? name + " is not there any more"
                            : name + " has changed meanwhile: read it again");
        }
    }
}
