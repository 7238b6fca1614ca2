package hal0.agent.session;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.agent.checkpoint.FileChange;
import hal0.agent.checkpoint.FileState;
import hal0.agent.checkpoint.Kept;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Files that changed, in a line of a session.
final class FileChangeLines {
    private FileChangeLines() {}

    static void write(JsonGenerator out, List<FileChange> changes) throws IOException {
        out.writeArrayFieldStart("changes");
        for (FileChange change : changes) {
            out.writeStartObject();
            out.writeStringField("path", change.path());
            state(out, "before", change.before());
            state(out, "after", change.after());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    static List<FileChange> read(Fields line) {
        List<FileChange> changes = new ArrayList<>();
        for (Fields node : line.objects("changes")) {
            changes.add(
                    new FileChange(
                            node.text("path"),
                            state(node.object("before")),
                            state(node.object("after"))));
        }
        return changes;
    }

    static void write(JsonGenerator out, Kept kept) throws IOException {
        out.writeArrayFieldStart("files");
        for (Kept.Before file : kept.files()) {
            out.writeStartObject();
            out.writeStringField("path", file.path());
            state(out, "before", file.state());
            out.writeEndObject();
        }
        out.writeEndArray();
        if (!kept.look().isEmpty()) {
            out.writeStringField("look", kept.look());
        }
    }

    static Kept kept(Fields line) {
        List<Kept.Before> files = new ArrayList<>();
        for (Fields node : line.objects("files")) {
            files.add(new Kept.Before(node.text("path"), state(node.object("before"))));
        }
        String look = line.textOrNull("look");
        return new Kept(files, look == null ? "" : look);
    }

    private static void state(JsonGenerator out, String name, FileState state) throws IOException {
        out.writeObjectFieldStart(name);
        switch (state) {
            case FileState.Absent _ -> {}
            case FileState.Saved(var hash, var mode) -> {
                out.writeStringField("hash", hash);
                out.writeStringField("mode", mode);
            }
            case FileState.Link(var target) -> out.writeStringField("link", target);
            case FileState.Folder(var mode) -> out.writeStringField("folder", mode);
            case FileState.Unsaved(var why) -> out.writeStringField("unsaved", why);
        }
        out.writeEndObject();
    }

    private static FileState state(@Nullable Fields node) {
        if (node == null) {
            throw new IllegalArgumentException("it lacks what stood at a path");
        }
        if (node.has("hash")) {
            return new FileState.Saved(node.text("hash"), node.text("mode"));
        }
        if (node.has("link")) {
            return new FileState.Link(node.text("link"));
        }
        if (node.has("folder")) {
            return new FileState.Folder(node.text("folder"));
        }
        return node.has("unsaved")
                ? new FileState.Unsaved(node.text("unsaved"))
                : new FileState.Absent();
    }
}
