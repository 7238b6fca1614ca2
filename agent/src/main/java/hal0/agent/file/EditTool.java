package hal0.agent.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.Arguments;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolText;
import hal0.providers.message.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Replaces passages of a file.
final class EditTool implements AgentTool {
    private final Tool definition = ToolText.of(EditTool.class, "edit");
    private final Places places;
    private final SeenFiles seen;

    EditTool(Places places, SeenFiles seen) {
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
        Arguments arguments = Arguments.of(given, "path", "old", "new", "all", "edits");
        String asked = arguments.text("path");
        List<Edit> edits = edits(arguments);
        Path path = places.resolve(asked);
        String name = places.name(path);
        byte[] before = OnDisk.bytes(path, name);
        if (before == null) {
            throw places.missing(path);
        }
        seen.demand(path, name, ContentHash.of(before));
        TextFile old = TextFile.of(before);
        if (old == null) {
            throw new ToolException(name + " is not text");
        }
        String text = old.text();
        int replaced = 0;
        for (int i = 0; i < edits.size(); i++) {
            Edit.Done done = edits.get(i).in(text, name + (i == 0 ? "" : " after edit " + i));
            text = done.text();
            replaced += done.places();
        }
        byte[] after = TextFile.bytes(text, old.encoding(), name);
        return new Change(
                places,
                seen,
                "edit " + name,
                List.of(new Step(asked, path, before, after, null)),
                Diffs.of(name, old.text(), name, text),
                "edited %s: %d %s".formatted(name, replaced, replaced == 1 ? "place" : "places"));
    }

    private static List<Edit> edits(Arguments arguments) {
        List<Edit> edits = new ArrayList<>();
        List<Arguments> several = arguments.objects("edits", "old", "new", "all");
        boolean one = several.isEmpty() || arguments.textOrNull("old") != null;
        if (one) {
            edits.add(edit(arguments));
        }
        several.forEach(each -> edits.add(edit(each)));
        return edits;
    }

    private static Edit edit(Arguments arguments) {
        String old = CrlfText.plain(arguments.text("old"));
        String now = CrlfText.plain(arguments.text("new"));
        if (old.isEmpty()) {
            throw new ToolException("\"old\" is empty; use write to make a file");
        }
        if (old.equals(now)) {
            throw new ToolException("\"old\" and \"new\" are the same");
        }
        return new Edit(old, now, arguments.flag("all"));
    }
}
