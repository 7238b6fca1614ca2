package hal0.relay.guard;

/// Which header fields a request may have: those that every reader of HTTP cuts alike.
///
/// **Shape** a name is a token, a value has no control character but the tab, and a body that is
/// not told by its length is `chunked`, in that very word: a proxy before this relay that saw
/// another request in the same bytes would let one request pass for two. **Source** RFC 9110, 5.1,
/// 5.5 and 5.6.2; RFC 9112, 6.1 and 11.2.
public final class HeadRule {
    private static final boolean[] TOKEN = tokens();

    private HeadRule() {}

    private static boolean[] tokens() {
        boolean[] tokens = new boolean[128];
        String letters =
                "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        letters.chars().forEach(c -> tokens[c] = true);
        return tokens;
    }

    /// Whether that field may stand in a request.
    public static boolean allows(String name, String value) {
        if (!isToken(name)) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                return false;
            }
        }
        return !name.equalsIgnoreCase("Transfer-Encoding")
                || value.strip().equalsIgnoreCase("chunked");
    }

    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= TOKEN.length || !TOKEN[c]) {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
