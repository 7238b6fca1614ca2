package hal0.slots.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Tells what one home started from what another did, on a machine where both have slots of the
/// same names.
///
/// **Shape** twelve hexadecimal digits that follow from the home's path.
public record HomeMark(String text) {
    private static final int BYTES = 6;

    /// The mark of the home in that folder, by whichever link it is reached.
    public static HomeMark of(Path home) {
        byte[] path = real(home).toString().getBytes(UTF_8);
        return new HomeMark(HexFormat.of().formatHex(sha256().digest(path), 0, BYTES));
    }

    private static Path real(Path home) {
        try {
            return home.toRealPath();
        } catch (IOException e) {
            // A folder that is not there yet has no links to follow either.
            return home.toAbsolutePath().normalize();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
