package hal0.slots.model.pull;

import hal0.home.IoReason;
import hal0.providers.http.CancelToken;
import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/// Checksums of files that are there.
final class Sums {
    private static final int BUFFER = 1024 * 1024;

    private Sums() {}

    static String of(Path file, LongConsumer progress, CancelToken cancel) {
        byte[] buffer = new byte[BUFFER];
        long done = 0;
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                done += n;
                progress.accept(done);
                if (cancel.isCancelled()) {
                    throw PartFile.cancelled(cancel);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw ModelException.of(
                    ModelProblem.STORE, "%s cannot be read: %s".formatted(file, IoReason.of(e)), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
