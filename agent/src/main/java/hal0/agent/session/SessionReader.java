package hal0.agent.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import hal0.home.error.ErrorKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a session's file, of this format or an older one.
///
/// **Shape** the last line counts only when it is whole: a crash leaves half of one. **Errors**
/// [SessionException] naming the line for damage anywhere else, and for a newer format.
final class SessionReader {
    private final Path file;

    SessionReader(Path file) {
        this.file = file;
    }

    /// What was read, in which format it was written, and how many bytes of the file are whole
    /// lines.
    record Read(Session session, int format, long wholeBytes) {}

    /// The first line, and what it says about the others.
    record Head(SessionHeader header, int format) {}

    /// **Errors** also [IOException] when the file cannot be read.
    Read read(InputStream in) throws IOException {
        FileLines lines = new FileLines(in);
        Head head = head(lines);
        List<SessionEntry> entries = new ArrayList<>();
        while (lines.next()) {
            SessionEntry entry = entry(lines, head.format());
            if (entry == null) {
                break;
            }
            entries.add(entry);
        }
        return new Read(new Session(head.header(), entries), head.format(), lines.offset());
    }

    Head head(FileLines lines) throws IOException {
        Fields line = lines.next() ? parsed(lines) : null;
        if (line == null) {
            throw damaged(1, "it holds no header", null);
        }
        try {
            int format = SessionFormat.of(line, file);
            return new Head(SessionLines.header(SessionFormat.migrated(line, format)), format);
        } catch (IllegalArgumentException e) {
            throw damaged(1, String.valueOf(e.getMessage()), e);
        }
    }

    /// Null for a last line that a crash has left.
    @Nullable SessionEntry entry(FileLines lines, int format) throws IOException {
        Fields line = parsed(lines);
        if (line == null) {
            return null;
        }
        try {
            return SessionLines.entry(SessionFormat.migrated(line, format));
        } catch (IllegalArgumentException e) {
            throw damaged(lines.number(), String.valueOf(e.getMessage()), e);
        }
    }

    /// Null for a last line that is not JSON: a crash may also leave the newline and not what
    /// stands before it.
    private @Nullable Fields parsed(FileLines lines) throws IOException {
        try {
            return Fields.parse(lines.buffer(), lines.start(), lines.end());
        } catch (JsonProcessingException e) {
            if (lines.isLast()) {
                return null;
            }
            throw damaged(lines.number(), e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw damaged(lines.number(), String.valueOf(e.getMessage()), e);
        }
    }

    private SessionException damaged(int number, String why, @Nullable Throwable cause) {
        return new SessionException(
                ErrorKind.CONFIGURATION,
                "session %s is damaged in line %d: %s; remove that line to open the session"
                        .formatted(file, number, why),
                cause);
    }
}
