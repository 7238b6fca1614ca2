package hal0.agent.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Everything that stands in a folder: kinds, permissions, targets and bytes, to compare.
final class Tree {
    private Tree() {}

    static TreeMap<String, String> of(Path root) {
        TreeMap<String, String> tree = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                if (!path.equals(root)) {
                    tree.put(root.relativize(path).toString(), told(path));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tree;
    }

    private static String told(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "-> " + Files.readSymbolicLink(path);
        }
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                ? mode + " folder"
                : mode + " " + ObjectStore.hash(path);
    }
}
