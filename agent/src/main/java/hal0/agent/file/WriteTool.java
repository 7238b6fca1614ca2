package hal0.agent.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.Arguments;
import hal0.agent.tool.Counted;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolText;
import hal0.providers.message.Tool;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a whole file.
final class WriteTool implements AgentTool {
    private final Tool definition = ToolText.of(WriteTool.class, "write");
    private final Places places;
    private final SeenFiles seen;

    WriteTool(Places places, SeenFiles seen) {
        this.places = places;
        this.seen = seen;
    }

    @Override
    public Tool definition() {
        return definition;
    }

    @Override
    public boolean writes() {
        return true;
    }

    @Override
    public PlannedCall plan(ObjectNode given) {
        Arguments arguments = Arguments.of(given, "path", "content");
        String asked = arguments.text("path");
        String content = arguments.text("content");
        Path path = places.resolve(asked);
        String name = places.name(path);
        byte[] before = OnDisk.bytes(path, name);
        if (before != null) {
            seen.demand(path, name, ContentHash.of(before));
        }
        TextFile old = before == null ? null : TextFile.of(before);
        TextFile now = written(old, content);
        byte[] after = TextFile.bytes(now.text(), now.encoding(), name);
        Step step = new Step(asked, path, before, after, null);
        String diff = Diffs.of(name, old == null ? null : old.text(), name, now.text());
        String done =
                "%s %s: %s, %s%s"
                        .formatted(
                                before == null ? "made" : "replaced",
                                name,
                                Counted.words(Lines.of(CrlfText.plain(content)).count(), "line"),
                                Sizes.of(after.length),
                                changed(old, now));
        return new Change(places, seen, "write " + name, List.of(step), diff, done);
    }

    /// Written as the file was that it replaces, where that can hold it.
    private static TextFile written(@Nullable TextFile old, String content) {
        if (old == null) {
            return new TextFile(content, Encoding.UTF_8);
        }
        boolean windows = content.indexOf('\r') < 0 && CrlfText.of(old.text()).mostlyWindows();
        String text = windows ? content.replace("\n", "\r\n") : content;
        boolean fits = TextFile.fits(text, old.encoding());
        return new TextFile(text, fits ? old.encoding() : Encoding.UTF_8);
    }

    private static String changed(@Nullable TextFile old, TextFile now) {
        return old == null || old.encoding() == now.encoding()
                ? ""
                : "; it is UTF-8 now, as %s cannot hold it".formatted(old.encoding().title());
    }
}
