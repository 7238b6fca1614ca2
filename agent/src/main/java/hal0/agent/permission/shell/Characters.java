package hal0.agent.permission.shell;

/// Which characters a line may hold: those that look like what they are.
final class Characters {
    private Characters() {}

    /// **Errors** [Unclear] for what a terminal does not show, or shows as something else:
    /// controls, wide and zero-width blanks, direction marks, halves of characters.
    static void requirePlain(String text) {
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            if (!plain(c)) {
                throw new Unclear("it holds a character that does not show (U+%04X)".formatted(c));
            }
            at += Character.charCount(c);
        }
    }

    private static boolean plain(int c) {
        if (c < 0x7f) {
            return c >= ' ' || c == '\t' || c == '\n';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
