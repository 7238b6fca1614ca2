package hal0.relay.translate;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.providers.message.Protocol;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A signature with the name of who made it, as a client of another protocol keeps it and brings it
/// back.
///
/// **Shape** `hal0:SIGNER:` and the signature byte for byte. Clients of Gemini read a signature as
/// base64 and write it anew, in either alphabet: for them it is that text in base64.
record SignatureTag(Signer signer, String signature) {
    private static final String PREFIX = "hal0:";

    /// How the base64 of every tag begins, whatever follows.
    private static final String ENCODED = "aGFsMD";

    String carried(Protocol client) {
        String text = PREFIX + signer.name() + ':' + signature;
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
        int colon = text.indexOf(':', PREFIX.length());
        return colon <= PREFIX.length()
                ? null
                : new SignatureTag(
                        new Signer(text.substring(PREFIX.length(), colon)),
                        text.substring(colon + 1));
    }
}
