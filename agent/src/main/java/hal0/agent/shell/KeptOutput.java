package hal0.agent.shell;

import hal0.home.IoReason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The file of one command's output; what cannot be written is missing, and said to be.
///
/// **Threads** one at a time.
final class KeptOutput {
    private final KeptOutputs folder;
    private final Path file;
    private final OutputStream out;
    private long room;
    private @Nullable String fault;

    KeptOutput(KeptOutputs folder, Path file, long most) throws IOException {
        this.folder = folder;
        this.file = file;
        this.out = Files.newOutputStream(file);
        this.room = most;
    }

    void add(byte[] text) {
        int length = (int) Math.min(room, text.length);
        room -= length;
        if (fault == null && length > 0) {
            try {
                out.write(text, 0, length);
            } catch (IOException e) {
                fault = IoReason.of(e);
            }
        }
    }

    /// Where the rest can be read.
    String told() {
        if (fault != null) {
            return "only part of it could be kept in %s: %s".formatted(file, fault);
        }
        return room == 0 ? "its beginning is in " + file : "all of it is in " + file;
    }

    void close() {
        try {
            out.close();
            folder.trim(file);
        } catch (IOException e) {
            fault = IoReason.of(e);
        }
    }
}
