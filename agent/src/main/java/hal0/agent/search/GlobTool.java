package hal0.agent.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.permission.Deed;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.Arguments;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.tool.ToolRun;
import hal0.agent.tool.ToolText;
import hal0.agent.workspace.Workspace;
import hal0.providers.message.Tool;
import java.util.List;

/// `glob`: finds files by the pattern of their names, the newest first.
///
/// **Threads** any.
public final class GlobTool implements AgentTool {
    static final int SHOWN = 200;

    private final Workspace workspace;
    private final Tool definition = ToolText.of(GlobTool.class, "glob");

    public GlobTool(Workspace workspace) {
        this.workspace = workspace;
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
        Arguments arguments = Arguments.of(given, "pattern", "path");
        FileGlob glob = FileGlob.of(arguments.text("pattern"));
        SearchPlace place = SearchPlace.of(workspace, arguments.textOrNull("path"));
        if (!place.folder()) {
            throw new ToolException(place.name() + " is a file; path must be a folder");
        }
        return new Planned(workspace, glob, place);
    }

    private record Planned(Workspace workspace, FileGlob glob, SearchPlace place)
            implements PlannedCall {

        @Override
        public String title() {
            return "glob " + glob + place.words();
        }

        @Override
        public List<Deed> deeds() {
            return List.of(new Deed.Read(place.start()));
        }

        @Override
        public boolean parallel() {
            return true;
        }

        @Override
        public ToolOutcome run(ToolRun run) {
            Newest newest = new Newest(SHOWN);
            int unreadable =
                    new Walker(workspace.root(), place.hidden() || glob.asksForHidden())
                            .walk(
                                    place.start(),
                                    found -> {
                                        if (glob.matches(found.name())) {
                                            newest.add(found);
                                        }
                                    },
                                    run.cancel()::isCancelled);
            if (run.cancel().isCancelled()) {
                throw new ToolException("cancelled");
            }
            return ToolOutcome.of(text(newest, unreadable));
        }

        private String text(Newest newest, int unreadable) {
            if (newest.count() == 0) {
                return "no file matches " + glob + left(unreadable);
            }
            StringBuilder text = new StringBuilder();
            for (Walker.Found found : newest.sorted()) {
                text.append(place.named(found.name())).append('\n');
            }
            if (newest.count() > SHOWN) {
                text.append("[the newest ")
                        .append(SHOWN)
                        .append(" of ")
                        .append(newest.count())
                        .append(" files; narrow the pattern or the path to see others]\n");
            }
            return text.append(left(unreadable)).toString().stripTrailing();
        }

        private static String left(int unreadable) {
            return unreadable == 0 ? "" : "\n[" + unreadable + " folders cannot be read]";
        }
    }
}
