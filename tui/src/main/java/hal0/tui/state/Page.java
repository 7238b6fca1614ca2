package hal0.tui.state;

/// What can be looked up over the transcript.
public enum Page {
    CONTEXT("Context"),
    MEMORY("Memory"),
    MCP("MCP servers"),
    AGENTS("Agents"),
    PERMISSIONS("Permissions");

    private final String title;

    Page(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
