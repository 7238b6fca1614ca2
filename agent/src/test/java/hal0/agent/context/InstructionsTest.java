package hal0.agent.context;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstructionsTest {
    @TempDir Path folder;
    private Path home;
    private Path repository;

    @BeforeEach
    void make() throws IOException {
        folder = folder.toRealPath();
        home = Files.createDirectories(folder.resolve("home"));
        repository = Files.createDirectories(folder.resolve("repo"));
        Files.createDirectories(repository.resolve(".git"));
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Instructions read(Path at) throws IOException {
        return Instructions.read(home, Workspace.of(at));
    }

    @Test
    void theNearestFileComesLastAndClaudeMdStandsInForAgentsMd() throws IOException {
        Path own = write(home.resolve("AGENTS.md"), "be kind");
        Path root = write(repository.resolve("CLAUDE.md"), "use tabs");
        write(repository.resolve("a/AGENTS.md"), "tests first");
        write(repository.resolve("a/CLAUDE.md"), "not this one");
        Files.createDirectories(repository.resolve("a/b"));
        write(folder.resolve("AGENTS.md"), "above the repository");

        Instructions read = read(repository.resolve("a/b"));

        assertThat(read.problems()).isEmpty();
        assertThat(read.pieces())
                .extracting(Instructions.Piece::file)
                .containsExactly(own, root, repository.resolve("a/AGENTS.md"));
        assertThat(read.text())
                .containsSubsequence("be kind", "use tabs", "tests first")
                .doesNotContain("not this one", "above the repository");
    }

    @Test
    void withoutARepositoryOnlyTheWorkingFolderCounts() throws IOException {
        write(folder.resolve("AGENTS.md"), "somebody else's");
        Path own = write(folder.resolve("x/AGENTS.md"), "mine");

        assertThat(read(folder.resolve("x")).pieces())
                .extracting(Instructions.Piece::file)
                .containsExactly(own);
    }

    @Test
    void aLinkThatLeadsOutOfTheRepositoryIsNotFollowed() throws IOException {
        Path secret = write(folder.resolve("ssh/id"), "PRIVATE KEY");
        Files.createSymbolicLink(repository.resolve("AGENTS.md"), secret);

        Instructions read = read(repository);

        assertThat(read.pieces()).isEmpty();
        assertThat(read.problems()).singleElement().asString().contains("out of the repository");
    }

    @Test
    void aLinkWithinTheRepositoryIsReadOnce() throws IOException {
        write(repository.resolve("AGENTS.md"), "the rules");
        Files.createDirectories(repository.resolve("a"));
        Files.createSymbolicLink(repository.resolve("a/CLAUDE.md"), Path.of("../AGENTS.md"));

        assertThat(read(repository.resolve("a")).pieces()).hasSize(1);
    }

    @Test
    void aLongFileIsCutAfterAWholeLineAndThatIsSaid() throws IOException {
        write(repository.resolve("AGENTS.md"), "a line of rules\n".repeat(10_000));

        Instructions read = read(repository);

        assertThat(read.pieces().getFirst().text().length()).isBetween(32_000, 32 * 1024);
        assertThat(read.pieces().getFirst().text()).endsWith("a line of rules\n");
        assertThat(read.text()).endsWith("(cut here after 32 KB; read the file for the rest)");
        assertThat(read.problems()).singleElement().asString().contains("longer than 32 KB");
    }

    @Test
    void utf16IsReadAndWhatIsNoTextIsSaid() throws IOException {
        Files.write(home.resolve("AGENTS.md"), "\uFEFFgrüß".getBytes(UTF_16LE));
        Files.write(repository.resolve("AGENTS.md"), new byte[] {'g', 'r', (byte) 0xfc, '!'});

        Instructions read = read(repository);

        assertThat(read.pieces())
                .extracting(Instructions.Piece::text)
                .containsExactly("grüß", "gr\uFFFD!");
        assertThat(read.problems()).singleElement().asString().contains("not UTF-8");
    }

    @Test
    void importsAreNotFollowed() throws IOException {
        write(folder.resolve("secret.txt"), "hidden");
        write(repository.resolve("AGENTS.md"), "see @../secret.txt and @import ../secret.txt");

        assertThat(read(repository).text()).contains("@../secret.txt").doesNotContain("hidden");
    }
}
