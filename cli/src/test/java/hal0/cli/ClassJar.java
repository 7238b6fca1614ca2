package hal0.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;

/// A folder of classes as a jar.
final class ClassJar {
    private ClassJar() {}

    static void write(Path folder, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(folder)) {
            entries.setLevel(Deflater.NO_COMPRESSION);
            for (Path file : in(files)) {
                entries.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                Files.copy(file, entries);
                entries.closeEntry();
            }
        }
    }

    private static List<Path> in(Stream<Path> files) {
        return files.filter(Files::isRegularFile).sorted().toList();
    }
}
