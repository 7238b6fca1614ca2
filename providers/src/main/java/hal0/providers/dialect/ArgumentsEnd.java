package hal0.providers.dialect;

/// Tells when the arguments of a call, which come in pieces, are a whole JSON object: then nothing
/// of it can follow.
///
/// **Threads** one.
public final class ArgumentsEnd {
    private int depth;
    private boolean begun;
    private boolean inString;
    private boolean escaped;

    public void add(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (escaped) {
                escaped = false;
            } else if (inString) {
                escaped = c == '\\';
                inString = c != '"';
            } else if (c == '"') {
                inString = true;
            } else if (c == '{' || c == '[') {
                depth++;
                begun = true;
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
    }

    public boolean reached() {
        return begun && depth <= 0;
    }
}
