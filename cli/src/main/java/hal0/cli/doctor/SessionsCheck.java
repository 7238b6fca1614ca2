package hal0.cli.doctor;

import hal0.home.Home;
import hal0.home.IoReason;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/// Whether conversations and what undo needs can be kept, and how much room they take.
record SessionsCheck(Home home) implements Check {
    private static final long MB = 1024 * 1024;
    private static final long MUCH = 2048 * MB;

    @Override
    public String id() {
        return "sessions";
    }

    private record Size(long files, long bytes) {
        String count() {
            return files == 1 ? "1 file" : files + " files";
        }

        String text() {
            return bytes < MB ? (bytes + 1023) / 1024 + " KB" : bytes / MB + " MB";
        }
    }

    @Override
    public List<Row> rows() {
        return List.of(
                kept("sessions", home.sessionsFolder()),
                kept("checkpoints", home.checkpointsFolder()));
    }

    private static Row kept(String id, Path folder) {
        if (!Files.exists(folder)) {
            return Row.skip(id, "there are none yet");
        }
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            return Row.fail(
                    id,
                    "%s cannot be written, so nothing new can be kept".formatted(folder),
                    "make it yours: chown -R $(id -un) " + folder);
        }
        try {
            Size size = size(folder);
            String message = "%s in %s of %s".formatted(size.text(), size.count(), folder);
            return size.bytes > MUCH
                    ? Row.warn(id, message, "hal0 sessions delete ID takes old ones away")
                    : Row.pass(id, message);
        } catch (IOException e) {
            return Row.fail(id, "%s: %s".formatted(folder, IoReason.of(e)), "");
        }
    }

    private static Size size(Path folder) throws IOException {
        long[] sum = new long[2];
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        sum[0]++;
                        sum[1] += attributes.size();
                        return FileVisitResult.CONTINUE;
                    }

                    // A running hal0 may take files away meanwhile.
                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e)
                            throws IOException {
                        if (e instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw e;
                    }
                });
        return new Size(sum[0], sum[1]);
    }
}
