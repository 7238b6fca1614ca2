package hal0.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A document that users read, and its blocks of code.
///
/// **Shape** `name` is its path from the root; a block knows the line that its first line is.
public record Document(String name, String text, List<Block> blocks) {
    static final Path ROOT = Path.of(System.getProperty("hal0.root"));

    /// **Shape** `kind` is what stands behind the opening fence, such as `sh`.
    public record Block(String kind, int line, String text) {}

    /// README, the one for developers, and everything below docs.
    public static List<Document> all() throws IOException {
        List<Document> all = new ArrayList<>();
        all.add(of("README.md"));
        all.add(of("CONTRIBUTING.md"));
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".md")).sorted().toList()) {
                all.add(of(ROOT.relativize(file).toString()));
            }
        }
        return all;
    }

    public static Document of(String name) throws IOException {
        String text = Files.readString(ROOT.resolve(name));
        return new Document(name, text, blocksOf(text));
    }

    /// Those of one kind.
    public List<Block> blocks(String kind) {
        return blocks.stream().filter(block -> block.kind().equals(kind)).toList();
    }

    Path folder() {
        Path folder = ROOT.resolve(name).getParent();
        return folder == null ? ROOT : folder;
    }

    private static List<Block> blocksOf(String text) {
        List<Block> blocks = new ArrayList<>();
        StringBuilder block = new StringBuilder();
        String kind = null;
        int begin = 0;
        int line = 0;
        for (String each : text.lines().toList()) {
            line++;
            if (!each.startsWith("```")) {
                block.append(each).append('\n');
            } else if (kind == null) {
                kind = each.substring(3);
                begin = line + 1;
                block.setLength(0);
            } else {
                blocks.add(new Block(kind, begin, block.toString()));
                kind = null;
            }
        }
        return List.copyOf(blocks);
    }

    @Override
    public String toString() {
        return name;
    }
}
