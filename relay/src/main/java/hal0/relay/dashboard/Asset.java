package hal0.relay.dashboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// One file of the page, plain and compressed.
///
/// **Shape** `etag` holds for both forms, so it is a weak one. The arrays are never changed.
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and copied for nobody.
record Asset(String type, byte[] plain, byte[] gzip, String etag) {
    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "svg", "image/svg+xml",
                    "json", "application/manifest+json");

    static Asset of(String name, byte[] content) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalArgumentException("a file of the page has no known type: " + name);
        }
        return new Asset(type, content, compressed(content), "W/\"" + hash(content) + '"');
    }

    /// The first 64 bits of SHA-256, in hex: names a build, guards nothing.
    static String hash(byte[]... contents) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] content : contents) {
                digest.update(content);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Whether whoever sent this `If-None-Match` has the file already.
    boolean isKnownTo(String ifNoneMatch) {
        if (ifNoneMatch.strip().equals("*")) {
            return true;
        }
        String opaque = etag.substring(2);
        for (String tag : ifNoneMatch.split(",", -1)) {
            String known = tag.strip();
            if ((known.startsWith("W/") ? known.substring(2) : known).equals(opaque)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] compressed(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 3 + 64);
        try (OutputStream gzip = new Best(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Override
    public String toString() {
        return "%s, %d bytes, %s".formatted(type, plain.length, etag);
    }

    /// Compressed once and sent often.
    private static final class Best extends GZIPOutputStream {
        Best(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
