package hal0.relay.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/// How a key of the relay's is written: `hal0-` and 256 random bits in base64url.
final class KeyText {
    static final String PREFIX = "hal0-";

    private static final int RANDOM_BYTES = 32;
    private static final int HINT = 4;

    private KeyText() {}

    /// A fresh key.
    static String mint() {
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random());
    }

    /// A fresh id, which says nothing of the key.
    static String id() {
        return "key_" + HexFormat.of().formatHex(random(), 0, 6);
    }

    private static byte[] random() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return random;
    }

    /// What is kept of a key. A slow hash protects what people think up; nobody can try out 256
    /// random bits, and each request has to be hashed.
    static String hash(String key) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(key.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Enough to tell one's keys apart, of no use to anybody else.
    static String hint(String key) {
        return "…" + key.substring(key.length() - HINT);
    }
}
