package hal0.agent.mcp.wire;

/// A piece of what a server said, short enough for a message.
final class Excerpt {
    private static final int LENGTH = 500;

    private Excerpt() {}

    static String of(String text) {
        String line = text.strip();
        return line.length() <= LENGTH ? line : line.substring(0, LENGTH) + "…";
    }
}
