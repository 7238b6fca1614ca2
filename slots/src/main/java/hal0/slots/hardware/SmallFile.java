package hal0.slots.hardware;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Files of `/proc` and `/sys`, where one that is missing or cannot be read tells nothing.
final class SmallFile {
    private static final int MOST = 1024 * 1024;

    private SmallFile() {}

    static @Nullable String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST), StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            // Kernels and drivers differ in what they have; who asks knows what that means.
            return null;
        }
    }

    /// Null also for what is no whole number.
    static @Nullable Long number(Path file) {
        String text = text(file);
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /// What a folder holds of that pattern, in order.
    static List<Path> list(Path folder, String pattern) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
            entries.forEach(found::add);
        } catch (IOException e) {
            // As above.
            return List.of();
        }
        found.sort((a, b) -> a.toString().compareTo(b.toString()));
        return found;
    }
}
