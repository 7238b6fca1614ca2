package hal0.relay.dispatch;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Names requests: the client's own name where it is harmless, else a fresh one.
public final class RequestId {
    private static final int LONGEST = 128;

    private RequestId() {}

    public static String of(@Nullable String header) {
        return header != null && isHarmless(header) ? header : mint();
    }

    /// A word of a client's that goes into the ledger: harmless, or `other`.
    public static String cleaned(String word) {
        return isHarmless(word) ? word : "other";
    }

    /// A fresh name.
    public static String mint() {
        byte[] random = new byte[12];
        ThreadLocalRandom.current().nextBytes(random);
        return "req_" + HexFormat.of().formatHex(random);
    }

    /// It goes into logs, headers and the database.
    private static boolean isHarmless(String id) {
        if (id.isEmpty() || id.length() > LONGEST) {
            return false;
        }
        return id.chars()
                .allMatch(c ->
                        (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '-'
                                || c == '_'
                                || c == '.');
    }
}
