package hal0.agent.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.permission.Deed;
import hal0.agent.search.Walker;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.Arguments;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.tool.ToolText;
import hal0.providers.message.Tool;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/// Shows what a folder holds.
final class ListTool implements AgentTool {
    private static final int DEEPEST = 10;

    private final Tool definition = ToolText.of(ListTool.class, "list");
    private final Places places;

    ListTool(Places places) {
        this.places = places;
    }

    @Override
    public Tool definition() {
        return definition;
    }

    @Override
    public boolean writes() {
        return false;
    }

    @Override
    public PlannedCall plan(ObjectNode given) {
        Arguments arguments = Arguments.of(given, "path", "depth", "all");
        String asked = arguments.textOrNull("path");
        String name = asked == null || asked.isBlank() ? "." : asked;
        int depth = Math.min(arguments.number("depth", 1, 1, Integer.MAX_VALUE), DEEPEST);
        boolean all = arguments.flag("all");
        Path path = places.resolve(name);
        return new Look(
                "list " + places.name(path),
                List.of(new Deed.Read(path)),
                run -> {
                    places.demandUnmoved(name, path);
                    demandFolder(path);
                    Walker walker = all ? null : new Walker(places.workspace().root(), true);
                    FolderListing listing =
                            new FolderListing(walker, depth, run.cancel()::isCancelled);
                    return ToolOutcome.of(listing.of(path, places.name(path)));
                });
    }

    private void demandFolder(Path path) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new ToolException(places.name(path) + " is a file: use read");
        }
        throw places.missing(path);
    }
}
