package hal0.providers.probe;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/// A PNG of two halves, the left one green, the right one yellow: too odd to be guessed.
///
/// **Units** 64 pixels a side: some models take none that is narrower than 28.
final class Picture {
    private static final int SIDE = 64;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] GREEN = {0, (byte) 0x80, 0};
    private static final byte[] YELLOW = {(byte) 0xff, (byte) 0xff, 0};
    private static final byte BITS = 8;
    private static final byte TRUE_COLOUR = 2;

    private Picture() {}

    static String base64() {
        try {
            return Base64.getEncoder().encodeToString(png());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
    }

    private static byte[] png() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(SIGNATURE);
        chunk(out, "IHDR", header());
        chunk(out, "IDAT", pixels());
        chunk(out, "IEND", new byte[0]);
        return bytes.toByteArray();
    }

    private static byte[] header() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(SIDE);
        out.writeInt(SIDE);
        // Neither compression nor filter nor interlacing has another method.
        out.write(new byte[] {BITS, TRUE_COLOUR, 0, 0, 0});
        return bytes.toByteArray();
    }

    private static byte[] pixels() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            for (int row = 0; row < SIDE; row++) {
                out.write(0);
                for (int column = 0; column < SIDE; column++) {
                    out.write(column < SIDE / 2 ? GREEN : YELLOW);
                }
            }
        }
        return bytes.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) sum.getValue());
    }
}
