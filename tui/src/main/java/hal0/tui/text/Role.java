package hal0.tui.text;

/// What a piece of text is; a theme says how that looks.
public enum Role {
    PLAIN,
    DIM,
    ACCENT,
    HEADING,
    CODE,
    CODE_BLOCK,
    QUOTE,
    LINK,
    MARKER,
    USER,
    THINKING,
    ERROR,
    ADDED,
    REMOVED,
    NOTICE,
    KEYWORD,
    TYPE,
    FUNCTION,
    STRING,
    NUMBER,
    COMMENT,
    ATTRIBUTE
}
