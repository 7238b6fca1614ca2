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
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `grep`: finds lines by a regular expression, by ripgrep where it is installed.
///
/// **Threads** any.
public final class GrepTool implements AgentTool {
    private static final int MOST_CONTEXT = 20;

    private final Workspace workspace;
    private final Grep grep;
    private final Tool definition = ToolText.of(GrepTool.class, "grep");

    /// **Shape** `searchPath` is the `PATH` to look for `rg` on, null for none.
    public GrepTool(Workspace workspace, @Nullable String searchPath) {
        this.workspace = workspace;
        Grep own = new JavaGrep(workspace);
        this.grep = Ripgrep.onPath(searchPath).<Grep>map(rg -> new Ripgrep(rg, own)).orElse(own);
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
        Arguments arguments =
                Arguments.of(given, "pattern", "path", "glob", "ignore_case", "context", "mode");
        String glob = arguments.textOrNull("glob");
        GrepRequest request =
                new GrepRequest(
                        LinePattern.checked(arguments.text("pattern")),
                        arguments.flag("ignore_case"),
                        workspace,
                        SearchPlace.of(workspace, arguments.textOrNull("path")),
                        glob == null || glob.isBlank() ? null : FileGlob.of(glob),
                        arguments.number("context", 0, 0, MOST_CONTEXT),
                        mode(arguments.textOrNull("mode")));
        return new Planned(grep, request);
    }

    private static GrepRequest.Mode mode(@Nullable String name) {
        return switch (name) {
            case null -> GrepRequest.Mode.LINES;
            case "lines", "files", "count" ->
                    GrepRequest.Mode.valueOf(name.toUpperCase(Locale.ROOT));
            default ->
                    throw new ToolException(
                            "mode is \"" + name + "\"; it must be lines, files or count");
        };
    }

    private record Planned(Grep grep, GrepRequest request) implements PlannedCall {

        @Override
        public String title() {
            return "grep " + request.regex() + request.place().words();
        }

        @Override
        public List<Deed> deeds() {
            return List.of(new Deed.Read(request.place().start()));
        }

        @Override
        public boolean parallel() {
            return true;
        }

        @Override
        public ToolOutcome run(ToolRun run) {
            return ToolOutcome.of(GrepText.of(grep.search(request, run.cancel()), request));
        }
    }
}
