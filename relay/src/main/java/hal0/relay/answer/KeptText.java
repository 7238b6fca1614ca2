package hal0.relay.answer;

/// Looks for a text that hal0 gave a client to keep: it begins with `hal0`, or with the base64 of
/// that.
final class KeptText {
    private static final byte[] PLAIN = {'"', 'h', 'a', 'l', '0'};
    private static final byte[] ENCODED = {'"', 'a', 'G', 'F', 's', 'M', 'D'};

    private KeptText() {}

    static boolean isIn(byte[] body) {
        int last = body.length - PLAIN.length;
        for (int i = 0; i <= last; i++) {
            if (body[i] == '"'
                    && (body[i + 1] == 'h' || body[i + 1] == 'a')
                    && (stands(PLAIN, body, i) || stands(ENCODED, body, i))) {
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
