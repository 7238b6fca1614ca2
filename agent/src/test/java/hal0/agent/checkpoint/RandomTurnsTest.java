package hal0.agent.checkpoint;

import static hal0.agent.checkpoint.Direction.REDO;
import static hal0.agent.checkpoint.Direction.UNDO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a turn does, undo gives back the tree as it was, and redo the tree as the turn left it.
class RandomTurnsTest {
    private static final String[] NAMES = {"a", "b", "c", "d d", "é", "f'q", "-g"};

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void undoAndRedoAreExact(long seed) throws IOException {
        Random random = new Random(seed);
        Place place = new Place(folder);
        WorkspaceCheckpoints checkpoints = place.checkpoints();
        for (int i = 0; i < 25; i++) {
            place.bash(script(random));
        }
        TreeMap<String, String> before = Tree.of(place.root);
        List<FileChange> changes = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            changes.addAll(
                    random.nextInt(3) == 0
                            ? edit(place, checkpoints, random)
                            : place.shell(checkpoints, script(random) + "\n" + script(random)));
        }
        TreeMap<String, String> after = Tree.of(place.root);

        checkpoints.go(changes, UNDO);
        assertThat(Tree.of(place.root)).isEqualTo(before);
        checkpoints.go(changes, REDO);
        assertThat(Tree.of(place.root)).isEqualTo(after);
        place.checkpoints().go(changes, UNDO);
        assertThat(Tree.of(place.root)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26})
    void anEditByTheUserSinceStopsEverything(long seed) throws IOException {
        Random random = new Random(seed);
        Place place = new Place(folder);
        WorkspaceCheckpoints checkpoints = place.checkpoints();
        for (int i = 0; i < 10; i++) {
            place.bash(script(random));
        }
        List<FileChange> changes =
                new ArrayList<>(place.shell(checkpoints, "echo theirs > edited"));
        for (int i = 0; i < 5; i++) {
            changes.addAll(place.shell(checkpoints, script(random)));
        }
        place.write("edited", "mine");
        TreeMap<String, String> mine = Tree.of(place.root);
        assertThatThrownBy(() -> checkpoints.go(changes, UNDO))
                .isInstanceOf(CheckpointException.class);
        assertThat(Tree.of(place.root)).isEqualTo(mine);
    }

    private static List<FileChange> edit(Place place, Checkpoints checkpoints, Random random)
            throws IOException {
        String name = path(random);
        Path file = place.file(name);
        // Tools write what the path leads to, and say that one.
        for (Path at = file; !at.equals(place.root); at = at.getParent()) {
            if (Files.isSymbolicLink(at)
                    || (Files.exists(at) && Files.isDirectory(at) == at.equals(file))) {
                return List.of();
            }
        }
        return place.edit(checkpoints, name, () -> place.write(name, "edit " + random.nextInt()));
    }

    private static String script(Random random) {
        String one = path(random);
        String two = path(random);
        String parent = one.contains("/") ? one.substring(0, one.lastIndexOf('/')) : ".";
        String text = "'%d'".formatted(random.nextInt(100));
        return "shopt -s dotglob; one=%s two=%s\n".formatted(quoted(one), quoted(two))
                + switch (random.nextInt(13)) {
                    case 0, 1, 2 ->
                            "mkdir -p %s && printf %s > \"$one\" || true"
                                    .formatted(quoted(parent), text);
                    case 3 -> "rm -rf \"./$one\"";
                    case 4 -> "mv -T \"./$one\" \"./$two\" 2>/dev/null || true";
                    case 5 ->
                            "[ -f \"$one\" ] && chmod 7%d0 \"./$one\" || true"
                                    .formatted(random.nextInt(8));
                    case 6 -> "[ -f \"$one\" ] && : > \"$one\" || true";
                    case 7 -> "[ -e \"$one\" ] && touch \"./$one\" || true";
                    case 8 ->
                            "[ -f \"$one\" ] && cp -p \"./$one\" /tmp/$$.t && tr 0-4 5-9 < \"$one\" > /tmp/$$.u && cat /tmp/$$.u > \"$one\" && touch -r /tmp/$$.t \"./$one\"; rm -f /tmp/$$.t /tmp/$$.u; true";
                    case 9 -> "[ -d \"$one\" ] || ln -sfn \"$two\" \"./$one\" 2>/dev/null || true";
                    case 10 -> "mkdir -p \"./$one\" 2>/dev/null || true";
                    case 11 ->
                            "[ -d \"$one\" ] && chmod 7%d5 \"./$one\" || true"
                                    .formatted(random.nextInt(8));
                    default -> "cp -r \"./$one\" \"./$two\" 2>/dev/null || true";
                };
    }

    private static String path(Random random) {
        String path = NAMES[random.nextInt(NAMES.length)];
        for (int depth = random.nextInt(3); depth > 0; depth--) {
            path += "/" + NAMES[random.nextInt(NAMES.length)];
        }
        return path;
    }

    private static String quoted(String text) {
        return "'./" + text.replace("'", "'\\''") + "'";
    }
}
