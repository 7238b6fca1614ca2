package hal0.relay.answer;

/// Looks for a text that hal0 gave a client to keep: it begins with `hal0`, with the base64 of
/// that, or as the id of an answer that is kept here.
final class KeptText {
    private static final byte[] PLAIN = {'"', 'h', 'a', 'l', '0'};
    private static final byte[] ANSWER = {'"', 'r', 'e', 's', 'p', '_', 'h', 'a', 'l', '0'};
    private static final byte[] ENCODED = {'"', 'a', 'G', 'F', 's', 'M', 'D'};

    private KeptText() {}

    static boolean isIn(byte[] body) {
        int last = body.length - PLAIN.length;
        for (int i = 0; i <= last; i++) {
            if (body[i] == '"'
                    && switch (body[i + 1]) {
                        case 'h' -> stands(PLAIN, body, i);
                        case 'a' -> stands(ENCODED, body, i);
                        case 'r' -> stands(ANSWER, body, i);
                        default -> false;
                    }) {
                return true;
            }
        }
        return false;
    }

    private static boolean stands(byte[] text, byte[] body, int at) {
        if (body.length - at < text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (body[at + i] != text[i]) {
                return false;
            }
        }
        return true;
    }
}
