package hal0.relay.translate;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.providers.message.Protocol;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A signature with the name of who made it, as a client of another protocol keeps it and brings it
/// back.
///
/// **Shape** `hal0:SIGNER:MARK:` and the signature byte for byte. `mark` stands for the words that
/// are signed, where their signer refuses others: there are clients that bring back only the last
/// piece of them. Clients of Gemini read a signature as base64 and write it anew, in either
/// alphabet: for them it is that text in base64.
record SignatureTag(Signer signer, String mark, String signature) {
    private static final String PREFIX = "hal0:";

    /// How the base64 of every tag begins, whatever follows.
    private static final String ENCODED = "aGFsMD";

    String carried(Protocol client) {
        String text = PREFIX + signer.name() + ':' + mark + ':' + signature;
        return client == Protocol.GEMINI
                ? Base64.getEncoder().encodeToString(text.getBytes(UTF_8))
                : text;
    }

    /// What a carried signature says; null when it is not one of ours.
    static @Nullable SignatureTag find(String carried) {
        if (carried.startsWith(PREFIX)) {
            return parse(carried);
        }
        return carried.startsWith(ENCODED) ? decoded(carried) : null;
    }

    private static @Nullable SignatureTag decoded(String carried) {
        String standard = carried.replace('-', '+').replace('_', '/');
        try {
            String text = new String(Base64.getDecoder().decode(standard), UTF_8);
            return text.startsWith(PREFIX) ? parse(text) : null;
        } catch (IllegalArgumentException e) {
            // Not base64 after all: somebody else's.
            return null;
        }
    }

    private static @Nullable SignatureTag parse(String text) {
        int name = text.indexOf(':', PREFIX.length());
        int mark = text.indexOf(':', name + 1);
        return name <= PREFIX.length() || mark < 0
                ? null
                : new SignatureTag(
                        new Signer(text.substring(PREFIX.length(), name)),
                        text.substring(name + 1, mark),
                        text.substring(mark + 1));
    }

    /// Whether the words are those that were signed, as far as that was noted.
    boolean fits(String words) {
        return mark.isEmpty() || mark.equals(markOf(words.hashCode()));
    }

    /// `hash` as [String#hashCode] of the words.
    static String markOf(int hash) {
        return Integer.toHexString(hash);
    }
}
