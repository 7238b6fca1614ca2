package hal0.relay.guard;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// Reads a request body whole, counting what it becomes after decompression.
///
/// **Units** bytes. **Errors** [TooLarge] beyond the limit; [UnknownEncoding]; [Unreadable] for a
/// body that is not what its encoding says.
public record BodyLimit(long bytes) {
    /// Up to here memory is taken for a length that was only announced.
    private static final long BELIEVED = 1024 * 1024;

    /// `length` is what the client announced, -1 when it did not.
    public byte[] read(InputStream body, @Nullable String encoding, long length)
            throws IOException {
        String coding = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
        try {
            return switch (coding) {
                case "identity", "" -> plain(body, length);
                case "gzip", "x-gzip" -> {
                    try (InputStream unpacked = new GZIPInputStream(body)) {
                        yield counted(unpacked, 8192);
                    }
                }
                case "deflate" -> {
                    try (InputStream unpacked = new InflaterInputStream(body)) {
                        yield counted(unpacked, 8192);
                    }
                }
                default ->
                        throw new UnknownEncoding(
                                "Content-Encoding \"%s\" is not supported; send gzip, deflate or none"
                                        .formatted(coding));
            };
        } catch (ZipException | EOFException e) {
            // An end that is not the body's own reads as one of the compressed data.
            throw new Unreadable("the body is not valid " + coding + ": " + e.getMessage());
        }
    }

    private byte[] plain(InputStream body, long length) throws IOException {
        if (length > bytes) {
            throw new TooLarge(bytes);
        }
        if (length < 0 || length > BELIEVED) {
            return counted(body, 8192);
        }
        byte[] whole = new byte[(int) length];
        int read = body.readNBytes(whole, 0, whole.length);
        return read == whole.length ? whole : Arrays.copyOf(whole, read);
    }

    private byte[] counted(InputStream body, int size) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(size);
        byte[] buffer = new byte[16 * 1024];
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
            if (whole.size() + (long) n > bytes) {
                throw new TooLarge(bytes);
            }
            whole.write(buffer, 0, n);
        }
        return whole.toByteArray();
    }

    /// The body is larger than `[relay] max_body_mb` allows.
    public static final class TooLarge extends RuntimeException {
        TooLarge(long limit) {
            super(
                    "the request body is larger than %d MB; raise [relay] max_body_mb in config.toml"
                            .formatted(limit / (1024 * 1024)));
        }
    }

    /// The body says that it is in an encoding that is not known here.
    public static final class UnknownEncoding extends RuntimeException {
        UnknownEncoding(String message) {
            super(message);
        }
    }

    /// The body cannot be decoded.
    public static final class Unreadable extends RuntimeException {
        Unreadable(String message) {
            super(message);
        }
    }
}
