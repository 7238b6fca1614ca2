package hal0.tui.theme;

/// What of the screen is no text of a conversation.
public enum Part {
    STATUS,
    RULE,
    SELECTED,
    BORDER,
    TITLE,
    PLACEHOLDER
}
