package hal0.agent.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalkerTest {
    @TempDir Path folder;
    private Tree tree;

    @BeforeEach
    void make() throws IOException {
        tree = Tree.in(folder);
    }

    @Test
    void leavesOutWhatGitignoreSaysAndTakesBackWhatItTakesBack() {
        tree.file(".gitignore", "*.log", "!keep.log", "/build/", "out")
                .file("a.log")
                .file("keep.log")
                .file("build/x.txt")
                .file("src/build/x.txt")
                .file("src/out/y.txt")
                .file("src/A.java");

        assertThat(tree.walked(false))
                .containsExactly(".gitignore", "keep.log", "src/A.java", "src/build/x.txt");
    }

    @Test
    void aDeeperFileBeatsAHigherOneAndIgnoreBeatsGitignore() {
        tree.file(".gitignore", "*.txt")
                .file("a.txt")
                .file("sub/.gitignore", "!b.txt")
                .file("sub/b.txt")
                .file("other/.ignore", "!c.txt", "*.md")
                .file("other/c.txt")
                .file("other/d.md");

        assertThat(tree.walked(false)).contains("sub/b.txt", "other/c.txt");
        assertThat(tree.walked(false)).doesNotContain("a.txt", "other/d.md");
    }

    @Test
    void hiddenFilesAreShownOnlyWhenAskedForButThoseOfAProjectAlways() {
        tree.file(".env").file(".cache/x").file(".github/workflows/ci.yml").file("a");

        assertThat(tree.walked(false)).containsExactly(".github/workflows/ci.yml", "a");
        assertThat(tree.walked(true))
                .containsExactly(".cache/x", ".env", ".github/workflows/ci.yml", "a");
    }

    @Test
    void neverEntersGitNorFollowsALink(@TempDir Path outside) throws IOException {
        Files.writeString(outside.resolve("secret"), "x");
        tree.file(".git/config").file("a/b/c");
        Files.createSymbolicLink(tree.root().resolve("out"), outside);
        Files.createSymbolicLink(tree.root().resolve("a/b/loop"), tree.root());
        Files.createSymbolicLink(tree.root().resolve("file"), outside.resolve("secret"));

        assertThat(tree.walked(true)).containsExactly("a/b/c");
    }

    @Test
    void rulesOfTheFoldersAboveTheStartHoldInIt() {
        tree.file(".gitignore", "src/gen/*.ts").file("src/gen/a.ts").file("src/b.ts");
        List<String> names = new ArrayList<>();

        new Walker(tree.root(), false)
                .walk(tree.root().resolve("src"), found -> names.add(found.name()), () -> false);

        assertThat(names).containsExactly("b.ts");
    }

    @Test
    void anotherRepositoryInsideHasItsOwnRules() {
        tree.file(".git/info/exclude", "*.tmp")
                .file(".gitignore", "*.txt")
                .file("a.txt")
                .file("b.tmp")
                .file("inner/.git/HEAD")
                .file("inner/a.txt")
                .file("inner/b.tmp");

        assertThat(tree.walked(false)).containsExactly(".gitignore", "inner/a.txt", "inner/b.tmp");
    }

    @Test
    void endsSoonAfterItIsStopped() {
        for (int i = 0; i < 2000; i++) {
            tree.file("d" + i % 50 + "/f" + i);
        }
        AtomicInteger seen = new AtomicInteger();

        new Walker(tree.root(), false)
                .walk(tree.root(), _ -> seen.incrementAndGet(), () -> seen.get() >= 10);

        assertThat(seen.get()).isBetween(10, 200);
    }

    @Test
    void aFolderThatCannotBeReadIsCounted() throws IOException {
        tree.file("a/x").file("b");
        Path closed = tree.root().resolve("a");
        Files.setPosixFilePermissions(closed, java.util.Set.of());
        org.junit.jupiter.api.Assumptions.assumeFalse(
                Files.isReadable(closed), "whoever runs this may read everything");

        assertThat(new Walker(tree.root(), false).walk(tree.root(), _ -> {}, () -> false))
                .isEqualTo(1);
    }

    /// What git itself says of generated trees and rules is the oracle.
    @RepeatedTest(15)
    void leavesOutExactlyWhatGitDoes(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        git("init", "-q");
        for (int i = 0; i < 120; i++) {
            tree.file(path(random));
        }
        StringBuilder all = new StringBuilder();
        for (String file :
                List.of(".gitignore", "a/.gitignore", "b/a/.gitignore", ".git/info/exclude")) {
            String[] rules = rules(random);
            all.append(file).append(' ').append(List.of(rules)).append('\n');
            tree.file(file, rules);
        }

        TreeSet<String> wanted =
                new TreeSet<>(git("ls-files", "--others", "--exclude-standard").toList());

        assertThat(tree.walked(true)).as("%s", all).containsExactlyElementsOf(wanted);
    }

    private static final List<String> NAMES =
            List.of(
                    "a",
                    "b",
                    "ab",
                    "a.txt",
                    "b.log",
                    "foo",
                    "Foo",
                    "x y",
                    "[z]",
                    ".h",
                    "bar.tar.gz");

    private static String path(Random random) {
        // Folders and files have names of their own, so that a tree can be made in any order.
        List<String> folders = List.of("a", "b", "ab", ".h", "foo");
        StringBuilder path = new StringBuilder();
        for (int depth = random.nextInt(4); depth > 0; depth--) {
            path.append(folders.get(random.nextInt(folders.size()))).append('/');
        }
        return path.append("f").append(NAMES.get(random.nextInt(NAMES.size()))).toString();
    }

    private static String[] rules(Random random) {
        List<String> pieces =
                List.of(
                        "a",
                        "b",
                        "*",
                        "**",
                        "?",
                        "fo*",
                        "*.txt",
                        "f[a-b]*",
                        "f[!a]*",
                        "ab",
                        "fa",
                        "*b*",
                        "f*.tar.*",
                        "f\\[z\\]",
                        "fx y ",
                        ".h",
                        "[[:alpha:]]*",
                        "fFoo",
                        "ffoo",
                        "[",
                        "f[]]",
                        "f[^b]*",
                        "**b",
                        "\\!a",
                        "f?");
        String[] lines = new String[1 + random.nextInt(6)];
        for (int i = 0; i < lines.length; i++) {
            StringBuilder line = new StringBuilder(random.nextInt(4) == 0 ? "!" : "");
            line.append(random.nextInt(4) == 0 ? "/" : "");
            for (int depth = random.nextInt(3); depth > 0; depth--) {
                line.append(pieces.get(random.nextInt(pieces.size()))).append('/');
            }
            line.append(pieces.get(random.nextInt(pieces.size())));
            line.append(random.nextInt(5) == 0 ? "/" : "");
            lines[i] = random.nextInt(10) == 0 ? "# " + line : line.toString();
        }
        return lines;
    }

    private Stream<String> git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "core.quotePath=false"));
        command.addAll(List.of("-c", "core.excludesFile=/dev/null"));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command).directory(tree.root().toFile()).start();
        String out = new String(git.getInputStream().readAllBytes(), UTF_8);
        assertThat(git.waitFor()).isZero();
        return out.lines();
    }
}
