package hal0.agent.checkpoint;

import static hal0.agent.checkpoint.Direction.REDO;
import static hal0.agent.checkpoint.Direction.UNDO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.agent.checkpoint.FileStep.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceCheckpointsTest {
    @TempDir Path folder;
    Place place;
    WorkspaceCheckpoints checkpoints;

    @BeforeEach
    void open() throws IOException {
        place = new Place(folder);
        checkpoints = place.checkpoints();
    }

    @Test
    void editOfAFileIsTakenBackAndMadeAgain() throws IOException {
        place.write("a.txt", "one\ntwo\n");
        place.bash("chmod 755 a.txt");
        List<FileChange> changes =
                place.edit(checkpoints, "a.txt", () -> place.write("a.txt", "one\nthree\nfour\n"));
        TreeMap<String, String> after = Tree.of(place.root);

        assertThat(checkpoints.go(changes, UNDO))
                .containsExactly(
                        new FileStep(place.file("a.txt").toString(), Kind.RESTORE, 1, 2, ""));
        assertThat(place.read("a.txt")).isEqualTo("one\ntwo\n");
        assertThat(Files.isExecutable(place.file("a.txt"))).isTrue();

        checkpoints.go(changes, REDO);
        assertThat(Tree.of(place.root)).isEqualTo(after);
    }

    @Test
    void newFileGoesWithTheFoldersThatWereMadeForIt() throws IOException {
        place.write("kept.txt", "x");
        TreeMap<String, String> before = Tree.of(place.root);
        List<FileChange> changes =
                place.edit(checkpoints, "a/b/c.txt", () -> place.write("a/b/c.txt", "new"));
        checkpoints.go(changes, UNDO);
        assertThat(Tree.of(place.root)).isEqualTo(before);
    }

    @Test
    void folderOfTheTurnStaysWhenTheUserPutAFileThere() throws IOException {
        List<FileChange> changes =
                place.edit(checkpoints, "a/c.txt", () -> place.write("a/c.txt", "new"));
        place.write("a/mine.txt", "mine");
        assertThat(checkpoints.go(changes, UNDO))
                .contains(
                        new FileStep(
                                place.file("a").toString(),
                                Kind.LEFT,
                                0,
                                0,
                                "the folder holds other files"));
        assertThat(place.read("a/mine.txt")).isEqualTo("mine");
        assertThat(place.file("a/c.txt")).doesNotExist();
    }

    @Test
    void everythingThatACommandDidIsTakenBack() throws IOException {
        place.write("src/a.txt", "a");
        place.write("src/b.txt", "b");
        place.write("deep/er/c.txt", "c");
        place.bash("ln -s src/a.txt link; mkdir -p empty; chmod 700 empty; chmod 600 src/b.txt");
        TreeMap<String, String> before = Tree.of(place.root);
        List<FileChange> changes =
                place.shell(
                        checkpoints,
                        """
                        echo more >> src/a.txt
                        mv src/b.txt src/moved.txt
                        rm -r deep empty
                        ln -sfn src/moved.txt link
                        mkdir -p made/new/er && echo x > made/new/er/x
                        echo file > deep
                        chmod 400 src/a.txt
                        """);
        TreeMap<String, String> after = Tree.of(place.root);
        assertThat(after).isNotEqualTo(before);

        checkpoints.go(changes, UNDO);
        assertThat(Tree.of(place.root)).isEqualTo(before);
        checkpoints.go(changes, REDO);
        assertThat(Tree.of(place.root)).isEqualTo(after);
    }

    @Test
    void changeOfTheSameSizeWithinOneTickIsSeen() throws IOException {
        place.write("a.txt", "aaaa");
        FileTime time = Files.getLastModifiedTime(place.file("a.txt"));
        List<FileChange> changes;
        try (Checkpoints.Watch watch = checkpoints.watch(List.of(), true)) {
            place.write("a.txt", "bbbb");
            Files.setLastModifiedTime(place.file("a.txt"), time);
            changes = watch.changes();
        }
        checkpoints.go(changes, UNDO);
        assertThat(place.read("a.txt")).isEqualTo("aaaa");
    }

    @Test
    void editByTheUserSinceIsNotLost() throws IOException {
        place.write("a.txt", "a");
        place.write("b.txt", "b");
        List<FileChange> changes = place.shell(checkpoints, "echo A > a.txt; echo B > b.txt");
        place.write("b.txt", "mine");
        TreeMap<String, String> mine = Tree.of(place.root);

        assertThat(checkpoints.preview(changes, UNDO))
                .contains(
                        FileStep.because(
                                place.file("b.txt").toString(),
                                Kind.CONFLICT,
                                "it was changed since"));
        assertThatThrownBy(() -> checkpoints.go(changes, UNDO))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll("nothing was touched", "b.txt: it was changed since");
        assertThat(Tree.of(place.root)).isEqualTo(mine);
    }

    @Test
    void editByTheUserBetweenTwoCallsIsNotLost() throws IOException {
        place.write("a.txt", "a");
        List<FileChange> changes = new ArrayList<>();
        changes.addAll(place.edit(checkpoints, "a.txt", () -> place.write("a.txt", "agent")));
        place.write("a.txt", "agent and mine");
        changes.addAll(place.edit(checkpoints, "a.txt", () -> place.write("a.txt", "agent again")));
        assertThatThrownBy(() -> checkpoints.go(changes, UNDO))
                .hasMessageContaining("somebody else changed it between two calls");
        assertThat(place.read("a.txt")).isEqualTo("agent again");
    }

    @Test
    void callsOnOneFileAreOneChange() throws IOException {
        place.write("a.txt", "a");
        List<FileChange> changes = new ArrayList<>();
        for (String text : List.of("b", "c", "d")) {
            changes.addAll(place.edit(checkpoints, "a.txt", () -> place.write("a.txt", text)));
        }
        changes.addAll(place.shell(checkpoints, "echo x > new.txt"));
        changes.addAll(place.shell(checkpoints, "rm new.txt"));
        assertThat(checkpoints.go(changes, UNDO)).singleElement();
        assertThat(place.read("a.txt")).isEqualTo("a");
    }

    @Test
    void undoThatWasKilledHalfWayIsFinishedByTheNext() throws IOException {
        place.write("a.txt", "a");
        place.write("b.txt", "b");
        List<FileChange> changes = place.shell(checkpoints, "echo A > a.txt; echo B > b.txt");
        place.write("a.txt", "a"); // as far as the killed one came
        assertThat(checkpoints.go(changes, UNDO))
                .extracting(FileStep::kind)
                .containsExactlyInAnyOrder(Kind.SAME, Kind.RESTORE);
        assertThat(place.read("b.txt")).isEqualTo("b");
    }

    @Test
    void failureInTheMiddleTakesEverythingBack() throws IOException {
        place.write("a.txt", "a");
        place.write("gone/b.txt", "b");
        List<FileChange> changes = place.shell(checkpoints, "echo A > a.txt; rm -r gone");
        List<FileChange> impossible = new ArrayList<>(changes);
        // Its folder is a file, which is noticed only while it is written.
        place.write("solid", "file");
        impossible.add(
                new FileChange(
                        place.file("solid/x").toString(),
                        new FileState.Link("elsewhere"),
                        new FileState.Absent()));
        TreeMap<String, String> before = Tree.of(place.root);
        assertThatThrownBy(() -> checkpoints.go(impossible, UNDO))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("nothing was changed");
        assertThat(Tree.of(place.root)).isEqualTo(before);
    }

    @Test
    void linkInThePlaceOfAFolderLeadsNowhere() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("a.txt"), "agent");
        place.write("d/a.txt", "before");
        List<FileChange> changes =
                place.edit(checkpoints, "d/a.txt", () -> place.write("d/a.txt", "agent"));
        place.bash("rm -r d && ln -s ../outside d");
        assertThatThrownBy(() -> checkpoints.go(changes, UNDO))
                .hasMessageContaining("it was deleted since");
        assertThat(Files.readString(outside.resolve("a.txt"))).isEqualTo("agent");
    }

    @Test
    void folderReplacedByALinkComesBack() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("a.txt"), "theirs");
        place.write("d/a.txt", "before");
        TreeMap<String, String> before = Tree.of(place.root);
        List<FileChange> changes = place.shell(checkpoints, "rm -r d && ln -s ../outside d");
        checkpoints.go(changes, UNDO);
        assertThat(Tree.of(place.root)).isEqualTo(before);
        assertThat(Files.readString(outside.resolve("a.txt"))).isEqualTo("theirs");
    }

    @Test
    void largeFileThatACommandChangedIsNamed() throws IOException {
        place.limits = new LookLimits(100, 100, 10, 1 << 20, LookLimits.USUAL.time());
        checkpoints = place.checkpoints();
        place.write("big.txt", "more than ten bytes");
        place.write("small.txt", "small");
        List<FileChange> changes =
                place.shell(checkpoints, "echo change >> big.txt; echo x > small.txt");
        assertThat(kinds(checkpoints.go(changes, UNDO)))
                .isEqualTo(Map.of("big.txt", Kind.LEFT, "small.txt", Kind.RESTORE));
        assertThat(place.read("big.txt")).endsWith("change\n");
        assertThat(place.read("small.txt")).isEqualTo("small");
    }

    @Test
    void largeFileThatAToolSaysItWillChangeIsKept() throws IOException {
        place.limits = new LookLimits(100, 100, 10, 1 << 20, LookLimits.USUAL.time());
        checkpoints = place.checkpoints();
        String large = "0123456789".repeat(600_000);
        place.write("big.txt", large);
        List<FileChange> changes =
                place.edit(checkpoints, "big.txt", () -> place.write("big.txt", "short"));
        checkpoints.go(changes, UNDO);
        assertThat(place.read("big.txt")).isEqualTo(large);
    }

    @Test
    void fileThatCannotBeKeptIsNotToBeWritten() throws IOException {
        place.write("a.txt", "a");
        Files.delete(place.store);
        Files.writeString(place.store, "a file in the way");
        assertThatThrownBy(() -> checkpoints.watch(List.of(place.file("a.txt")), false))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll("a.txt", "cannot be kept");
    }

    @Test
    void hugeWorkspaceIsSaidToBeOne() throws IOException {
        place.limits = new LookLimits(10, 10, 100, 1000, LookLimits.USUAL.time());
        checkpoints = place.checkpoints();
        place.bash("for i in {1..30}; do echo $i > f$i; done");
        try (Checkpoints.Watch watch = checkpoints.watch(List.of(), true)) {
            assertThat(watch.limits()).get().asString().contains("more than 10 files");
            assertThat(checkpoints.preview(watch.changes(), UNDO))
                    .singleElement()
                    .extracting(FileStep::kind)
                    .isEqualTo(Kind.LEFT);
        }
    }

    @Test
    void whatAKilledCallChangedIsToldLater() throws IOException {
        place.write("a.txt", "a");
        place.write("b.txt", "b");
        Kept kept = checkpoints.watch(List.of(place.file("a.txt")), true).kept();
        place.write("a.txt", "A");
        place.write("b.txt", "B");
        place.write("c.txt", "C");

        WorkspaceCheckpoints next = place.checkpoints();
        List<FileChange> changes = next.finish(kept);
        assertThat(changes).hasSize(3);
        next.go(changes, UNDO);
        assertThat(place.read("a.txt")).isEqualTo("a");
        assertThat(place.read("b.txt")).isEqualTo("b");
        assertThat(place.file("c.txt")).doesNotExist();
    }

    @Test
    void nothingStaysBehindInTheWorkspace() throws IOException {
        place.write("a/b.txt", "a");
        List<FileChange> changes = place.shell(checkpoints, "echo A > a/b.txt; touch a/c d");
        checkpoints.go(changes, UNDO);
        checkpoints.go(changes, REDO);
        checkpoints.go(changes, UNDO);
        try (Stream<Path> all = Files.walk(place.root)) {
            assertThat(all.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("work", "a", "b.txt");
        }
    }

    @Test
    void contentThatWasLetGoIsNamedWithItsDay() throws IOException {
        place.storeBytes = 50_000;
        checkpoints = place.checkpoints();
        place.write("old.txt", "old");
        List<FileChange> changes =
                place.edit(checkpoints, "old.txt", () -> place.write("old.txt", "new"));
        makeOld();
        place.edit(checkpoints, "noise", () -> place.bash("head -c 80000 /dev/urandom > noise"));
        assertThat(checkpoints.go(changes, UNDO))
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.kind()).isEqualTo(Kind.LEFT);
                    assertThat(step.why()).contains("kept until 20", "is gone");
                });
        assertThat(place.read("old.txt")).isEqualTo("new");
    }

    @Test
    void lookAfterObjectsWereLetGoKeepsThemAgain() throws IOException {
        place.write("a.txt", "a");
        place.shell(checkpoints, "true");
        place.bash("rm -rf %s/objects; echo gone > %s/pruned".formatted(place.store, place.store));
        List<FileChange> changes = place.shell(place.checkpoints(), "echo A > a.txt");
        checkpoints.go(changes, UNDO);
        assertThat(place.read("a.txt")).isEqualTo("a");
    }

    private void makeOld() throws IOException {
        try (Stream<Path> all = Files.walk(place.store.resolve("objects"))) {
            for (Path path : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                Files.setLastModifiedTime(
                        path, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
            }
        }
    }

    private Map<String, Kind> kinds(List<FileStep> steps) {
        Map<String, Kind> kinds = new TreeMap<>();
        steps.forEach(step ->
                kinds.put(place.root.relativize(Path.of(step.path())).toString(), step.kind()));
        return kinds;
    }
}
