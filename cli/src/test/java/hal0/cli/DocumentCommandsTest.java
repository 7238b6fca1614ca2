package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every line that the documents have people type works as it stands there.
class DocumentCommandsTest {
    private static final int AT_ONCE = 2;

    @TempDir Path folder;

    @Test
    void everyLineWorks() throws Exception {
        List<String> failed = new ArrayList<>();
        try (ExecutorService desks = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<List<String>>> typed = new ArrayList<>();
            Set<String> guided = guided();
            List<String> program = DocumentDesk.program(folder);
            for (Document document : Document.all()) {
                if (!document.blocks("sh").isEmpty() || !document.blocks("console").isEmpty()) {
                    typed.add(desks.submit(() -> failures(document, guided, program)));
                }
            }
            for (Future<List<String>> each : typed) {
                failed.addAll(each.get());
            }
        }
        assertThat(failed).isEmpty();
    }

    /// Every line of the guides.
    private static Set<String> guided() throws Exception {
        Set<String> lines = new HashSet<>();
        for (Document document : Document.all()) {
            if (!document.name().equals("README.md")) {
                document.blocks("sh").forEach(block -> lines.addAll(plain(block)));
            }
        }
        return lines;
    }

    private static List<String> plain(Document.Block block) {
        return DocumentDesk.lines(block).stream().map(DocumentDesk::plain).toList();
    }

    private List<String> failures(Document document, Set<String> guided, List<String> program)
            throws Exception {
        List<String> failed = new ArrayList<>();
        Path home = Files.createDirectory(folder.resolve(document.name().replace('/', '-')));
        try (DocumentDesk desk = new DocumentDesk(home, document, program)) {
            for (Document.Block block : document.blocks()) {
                String where = "%s:%d".formatted(document, block.line());
                boolean again =
                        document.name().equals("README.md") && guided.containsAll(plain(block));
                if (block.kind().equals("sh") && !again) {
                    DocumentDesk.Typed typed = desk.type(block);
                    if (typed.exit() != 0) {
                        failed.add(
                                "%s ended with %d%n%s"
                                        .formatted(where, typed.exit(), typed.said()));
                    }
                } else if (block.kind().equals("console")) {
                    String said = desk.typeSession(block).said();
                    if (!DocumentDesk.alike(said).equals(DocumentDesk.alike(block.text()))) {
                        failed.add("%s shows something else:%n%s".formatted(where, said));
                    }
                }
            }
        }
        return failed;
    }

    @Test
    void whatIsNotRunIsInADocument() throws Exception {
        StringBuilder all = new StringBuilder("\n");
        for (Document document : Document.all()) {
            document.blocks("sh").forEach(block -> all.append(block.text()).append('\n'));
        }
        assertThat(NotRun.beginnings()).allSatisfy(line -> assertThat(all).contains("\n" + line));
    }
}
