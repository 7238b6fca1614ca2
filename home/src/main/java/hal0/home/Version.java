package hal0.home;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// Which hal0 this is.
public final class Version {
    private Version() {}

    /// The version as the build wrote it, such as `0.1.0`.
    public static String current() {
        try (InputStream in = Version.class.getResourceAsStream("version.txt")) {
            if (in == null) {
                throw new IllegalStateException("version.txt is missing from the hal0-home jar");
            }
            return new String(in.readAllBytes(), US_ASCII).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
