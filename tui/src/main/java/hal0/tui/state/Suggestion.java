package hal0.tui.state;

/// Something that a command can be told, and a word on it.
public record Suggestion(String value, String help) {}
