package hal0.home;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The user's secrets on disk: `api.env`, one `KEY=value` a line.
///
/// **Shape** names match `[A-Z][A-Z0-9_]{0,63}`; a value is one printable line, and quotes around
/// it are not part of it; the last line of a name counts. Edits keep comments, order and line ends,
/// and leave the file with mode 0600. **Errors** no message ever contains a value. **Threads** any;
/// edits of one file from one process should be made one after the other (see [Secrets]).
public final class EnvFile {
    private final Path file;

    public EnvFile(Path file) {
        this.file = file;
    }

    /// Something that is wrong in the file.
    ///
    /// **Shape** `line` counts from 1, 0 for the whole file; `fix` may be empty.
    public record Problem(String file, int line, String message, String fix) {
        @Override
        public String toString() {
            return file
                    + (line > 0 ? ":" + line : "")
                    + ": "
                    + message
                    + (fix.isEmpty() ? "" : " (" + fix + ")");
        }
    }

    /// What is in the file; its text form says how much, not what.
    public record Contents(Map<String, String> values, List<Problem> problems) {
        public Contents {
            values = Map.copyOf(values);
            problems = List.copyOf(problems);
        }

        @Override
        public String toString() {
            return "Contents[%d values, problems=%s]".formatted(values.size(), problems);
        }
    }

    /// Reads what can be read; a missing file is empty, a broken line is a problem.
    public Contents read() {
        Map<String, String> values = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        try {
            String text = decoded(Files.readAllBytes(file));
            checkMode(problems);
            readLines(text, values, problems);
        } catch (NoSuchFileException _) {
            // The user has none.
        } catch (IOException e) {
            problems.add(problem(0, "cannot be read: " + IoReason.of(e), ""));
        }
        return new Contents(values, problems);
    }

    private void readLines(String text, Map<String, String> values, List<Problem> problems) {
        Map<String, Integer> seen = new LinkedHashMap<>();
        List<String> lines = EnvLine.split(text);
        for (int i = 0; i < lines.size(); i++) {
            switch (EnvLine.parse(lines.get(i))) {
                case EnvLine.Blank _ -> {}
                case EnvLine.Broken(var message, var fix) ->
                        problems.add(problem(i + 1, message, fix));
                case EnvLine.Pair(var name, var value) -> {
                    Integer before = seen.put(name, i + 1);
                    if (before != null) {
                        problems.add(
                                problem(
                                        i + 1,
                                        "%s is in line %d too; this one counts"
                                                .formatted(name, before),
                                        "remove one of the two"));
                    }
                    values.put(name, value);
                }
            }
        }
    }

    private void checkMode(List<Problem> problems) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
        if (mode.contains(PosixFilePermission.OTHERS_READ)
                || mode.contains(PosixFilePermission.GROUP_READ)) {
            problems.add(
                    problem(0, "other users of this machine can read it", "chmod 600 " + file));
        }
    }

    /// Sets one value, in its line if there is one.
    ///
    /// **Errors** [IllegalArgumentException] for a name or value that the file cannot hold,
    /// [IOException] when it cannot be written.
    public void set(String name, String value) throws IOException {
        EnvLine.requireName(name);
        EnvLine.requireValue(name, value);
        AtomicFile.editPrivate(file, before -> with(textOf(before), name, value).getBytes(UTF_8));
    }

    /// Removes every line of a name; the rest stays.
    public void remove(String name) throws IOException {
        AtomicFile.editPrivate(file, before -> without(before, name));
    }

    private static String with(String text, String name, String value) {
        List<String> lines = EnvLine.split(text);
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (isOf(name, lines.get(i))) {
                lines.set(i, EnvLine.replaced(lines.get(i), value));
                return String.join("", lines);
            }
        }
        String lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
        String gap = text.isEmpty() || text.endsWith("\n") ? "" : lineEnd;
        return text + gap + EnvLine.write(name, value) + lineEnd;
    }

    private static byte @Nullable [] without(byte @Nullable [] before, String name)
            throws IOException {
        List<String> lines = EnvLine.split(textOf(before));
        boolean removed = lines.removeIf(line -> isOf(name, line));
        return removed ? String.join("", lines).getBytes(UTF_8) : null;
    }

    private static boolean isOf(String name, String line) {
        return EnvLine.parse(line) instanceof EnvLine.Pair pair && pair.name().equals(name);
    }

    private static String textOf(byte @Nullable [] bytes) throws IOException {
        return bytes == null ? "" : decoded(bytes);
    }

    private static String decoded(byte[] bytes) throws CharacterCodingException {
        return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    private Problem problem(int line, String message, String fix) {
        return new Problem(String.valueOf(file.getFileName()), line, message, fix);
    }

    @Override
    public String toString() {
        return "EnvFile[" + file + "]";
    }
}
