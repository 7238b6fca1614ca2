package hal0.agent.checkpoint;

import static hal0.agent.checkpoint.Direction.UNDO;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.checkpoint.FileStep.Kind;
import hal0.agent.search.GitIgnores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IgnoredFilesTest {
    @TempDir Path folder;
    Place place;
    WorkspaceCheckpoints checkpoints;

    @BeforeEach
    void open() throws IOException {
        place = new Place(folder);
        place.leftOut = new GitIgnores();
        checkpoints = place.checkpoints();
        place.bash("git init -q . && printf 'target/\\n*.log\\n' > .gitignore");
    }

    @Test
    void ignoredFilesThatACommandChangedAreNamed() throws IOException {
        place.write("target/a", "a");
        place.write("b.log", "b");
        place.write("src", "s");
        List<FileChange> changes =
                place.shell(checkpoints, "echo A > target/a; echo B > b.log; echo S > src");
        assertThat(checkpoints.go(changes, UNDO))
                .extracting(step -> relative(step) + ' ' + step.kind() + ' ' + step.why())
                .containsExactlyInAnyOrder(
                        "target/a LEFT git ignores it, so it was not kept",
                        "b.log LEFT git ignores it, so it was not kept",
                        "src RESTORE ");
        assertThat(place.read("src")).isEqualTo("s");
        assertThat(place.read("b.log")).isEqualTo("B\n");
    }

    @Test
    void manyIgnoredFilesAreNamedByTheirFolder() throws IOException {
        List<FileChange> changes =
                place.shell(checkpoints, "mkdir -p target/x && touch target/x/{1..50}");
        assertThat(checkpoints.preview(changes, UNDO))
                .singleElement()
                .satisfies(step -> {
                    assertThat(relative(step)).isEqualTo("target");
                    assertThat(step.why()).contains("50 files in it changed");
                });
    }

    @Test
    void ignoredFolderThatIsTooLargeIsNamedWhateverHappenedInIt() throws IOException {
        place.limits = new LookLimits(100, 10, 1000, 1 << 20, LookLimits.USUAL.time());
        checkpoints = place.checkpoints();
        place.bash("mkdir target && touch target/{1..50}");
        assertThat(checkpoints.preview(place.shell(checkpoints, "true"), UNDO))
                .singleElement()
                .satisfies(step -> assertThat(step.why()).contains("too large to be looked into"));
    }

    @Test
    void commitByACommandIsNamedAndNotTakenBack() throws IOException {
        place.write("a.txt", "a");
        List<FileChange> changes =
                place.shell(
                        checkpoints,
                        "git add . && git -c user.name=n -c user.email=e commit -qm one");
        assertThat(checkpoints.go(changes, UNDO))
                .isNotEmpty()
                .allSatisfy(step -> {
                    assertThat(relative(step)).startsWith(".git/refs/heads/");
                    assertThat(step.kind()).isEqualTo(Kind.LEFT);
                });
        place.bash("git log -1 --format=%s | grep -q one");
    }

    @Test
    void fileThatAToolSaysItWillChangeIsKeptThoughItIsIgnored() throws IOException {
        place.write("b.log", "b");
        List<FileChange> changes =
                place.edit(checkpoints, "b.log", () -> place.write("b.log", "B"));
        checkpoints.go(changes, UNDO);
        assertThat(place.read("b.log")).isEqualTo("b");
    }

    private String relative(FileStep step) {
        return place.root.relativize(Path.of(step.path())).toString();
    }
}
