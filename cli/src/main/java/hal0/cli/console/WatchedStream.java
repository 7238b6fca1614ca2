package hal0.cli.console;

import hal0.home.IoReason;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Remembers why a write failed, which a `PrintStream` on top of it forgets.
final class WatchedStream extends FilterOutputStream {
    private volatile @Nullable IOException failure;

    WatchedStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /// Empty also when the reader closed its end, which is no problem of ours.
    Optional<String> problem() {
        IOException e = failure;
        return e == null || String.valueOf(e.getMessage()).contains("Broken pipe")
                ? Optional.empty()
                : Optional.of(IoReason.of(e));
    }
}
