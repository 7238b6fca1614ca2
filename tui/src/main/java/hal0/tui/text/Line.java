package hal0.tui.text;

/// A line without the marks of the quotes and list items that it stands in.
///
/// **Shape** `column` is where `body` begins in the source; `item` is the column of the text of the
/// innermost item that begins here, 0 when none does. **Units** columns of the source.
record Line(Margin margin, int quotes, int indent, int column, int item, String body) {
    private static final int WIDEST_INDENT = 24;
    private static final int DEEPEST = 6;
    static final int CODE_INDENT = 4;

    static Line of(String text) {
        Margin margin = Margin.NONE;
        int quotes = 0;
        int item = 0;
        int at = 0;
        for (int depth = 0; depth < DEEPEST; depth++) {
            int start = at + blanks(text, at);
            String rest = text.substring(start);
            int marker = ListMark.length(rest);
            if (rest.startsWith(">")) {
                quotes++;
                Span bar = Span.of("│ ", Role.MARKER);
                margin = margin.with(bar, bar);
                at = start + (rest.startsWith("> ") ? 2 : 1);
            } else if (marker > 0 && !Block.isRule(rest)) {
                ListMark mark = ListMark.of(rest, marker, start - at);
                int before = Math.min(start - at, WIDEST_INDENT);
                String sign = " ".repeat(before) + mark.sign() + " ";
                Span blank = Span.of(" ".repeat(Cells.width(sign)), Role.PLAIN);
                margin = margin.with(Span.of(sign, Role.MARKER), blank);
                item = start + mark.contentAt();
                at = start + mark.taken();
            } else {
                break;
            }
        }
        int indent = blanks(text, at);
        boolean outer = at == 0;
        Margin whole = outer ? margin.indented(Math.min(indent, WIDEST_INDENT)) : margin;
        return new Line(whole, quotes, indent, at + indent, item, text.substring(at + indent));
    }

    Ink ink() {
        return quotes > 0 ? Ink.of(Role.QUOTE) : Ink.PLAIN;
    }

    static int blanks(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at - from;
    }
}
