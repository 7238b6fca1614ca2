package hal0.agent.file;

import hal0.agent.tool.Counted;
import hal0.agent.tool.ToolException;
import hal0.providers.http.CancelToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// The lines of a file that are wanted, and what is said around them.
///
/// **Shape** `from` counts from one; `name` is what the model calls the file.
record TextRange(int from, int limit, String name) {

    /// `hash` is that of the whole file, null for one that was not read to its end.
    record Shown(String text, @Nullable String hash) {}

    /// Reads it once, or twice where it turns out not to be UTF-8.
    Shown of(FileChannel file, Encoding encoding, CancelToken cancel) throws IOException {
        try {
            return read(file, encoding, cancel);
        } catch (CharacterCodingException e) {
            if (encoding != Encoding.UTF_8) {
                throw new ToolException(
                        "%s begins like %s and is not; look into it by a command"
                                .formatted(name, encoding.title()),
                        e);
            }
            return read(file.position(0), Encoding.LATIN_1, cancel);
        }
    }

    private Shown read(FileChannel file, Encoding encoding, CancelToken cancel) throws IOException {
        boolean whole = file.size() <= OnDisk.LARGEST;
        MessageDigest digest = ContentHash.begin();
        // Not closed: both belong to whoever opened the file.
        InputStream in = Channels.newInputStream(file);
        InputStream bytes = whole ? new DigestInputStream(in, digest) : in;
        boolean skipped = !whole && from > 1 && encoding.endsLinesByOneByte() && skip(file, cancel);
        if (!skipped) {
            bytes.readNBytes(encoding.markLength());
        }
        Reader text = new InputStreamReader(bytes, encoding.decoder());
        LineWindow window = new LineWindow(skipped ? from : 1, from, limit);
        // No further than that either: some files of the system say that they are empty and have
        // no end.
        window.read(text, whole ? OnDisk.LARGEST + 1 : 0, () -> !cancel.isCancelled());
        if (cancel.isCancelled()) {
            throw new ToolException("cancelled");
        }
        if (window.lines().isEmpty() && window.passed() > 0 && !window.full()) {
            throw new ToolException(
                    "%s has %s; there is no line %d"
                            .formatted(name, Counted.words(window.passed(), "line"), from));
        }
        String hash = whole && window.complete() ? ContentHash.text(digest.digest()) : null;
        return new Shown(text(window, encoding), hash);
    }

    /// Goes to the first line that is wanted without decoding those before it; false, and at the
    /// beginning again, when there are not so many.
    private boolean skip(FileChannel file, CancelToken cancel) throws IOException {
        byte[] bytes = new byte[1 << 18];
        ByteBuffer piece = ByteBuffer.wrap(bytes);
        long begun = 0;
        int left = from - 1;
        for (int got = 0; got >= 0 && !cancel.isCancelled(); begun += got) {
            got = file.read(piece.clear());
            for (int i = 0; i < got; i++) {
                if (bytes[i] == '\n' && --left == 0) {
                    file.position(begun + i + 1);
                    return true;
                }
            }
        }
        file.position(0);
        return false;
    }

    private String text(LineWindow window, Encoding encoding) {
        StringBuilder text = new StringBuilder();
        for (String line : window.lines()) {
            text.append(line).append('\n');
        }
        if (window.passed() == 0 && !window.full()) {
            text.append("[the file is empty]\n");
        } else if (window.full()) {
            long next = (long) from + window.lines().size();
            String all = window.complete() ? " of " + window.passed() : "";
            text.append(
                    "[lines %d to %d%s; more with offset %d]\n"
                            .formatted(from, next - 1, all, next));
        } else if (!window.ended()) {
            text.append("[no newline at the end]\n");
        }
        if (window.anyCut()) {
            text.append("[long lines are cut; a command can show the rest]\n");
        }
        if (encoding != Encoding.UTF_8) {
            text.append("[").append(encoding.title()).append(", kept when it is changed]\n");
        }
        return text.toString();
    }
}
