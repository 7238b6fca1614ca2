package hal0.agent.file;

import hal0.agent.tool.ToolException;
import hal0.home.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes several files; when one cannot be changed, those before it are brought back.
///
/// **Threads** one.
final class AllOrNothing {
    private final Places places;
    private final Deque<Undo> undo = new ArrayDeque<>();

    AllOrNothing(Places places) {
        this.places = places;
    }

    /// Brings one thing back.
    private record Undo(String name, Action action) {
        @FunctionalInterface
        private interface Action {
            void run() throws IOException;
        }
    }

    /// **Errors** [ToolException] naming the file, why, and what could not be brought back.
    void run(List<Step> steps) {
        steps.forEach(step -> step.demandUnchanged(places));
        for (Step step : steps) {
            try {
                // Again, as those before it took their time.
                places.demandUnmoved(step.asked(), step.path());
                run(step);
            } catch (ToolException e) {
                throw new ToolException(e.getMessage() + broughtBack(steps.size() > 1), e);
            } catch (IOException e) {
                throw new ToolException(
                        "cannot write %s: %s%s"
                                .formatted(
                                        places.name(step.path()),
                                        IoReason.of(e),
                                        broughtBack(steps.size() > 1)),
                        e);
            }
        }
    }

    private void run(Step step) throws IOException {
        Path path = step.path();
        byte[] before = step.before();
        byte[] after = step.after();
        String name = places.name(path);
        if (after == null) {
            Replacement.demandWritable(path);
            PosixFileAttributes like = Replacement.attributes(path);
            Files.delete(path);
            if (before != null) {
                undo.push(new Undo(name, () -> Replacement.create(path, before, like)));
            }
        } else if (before == null) {
            Path like = step.like();
            makeFolders(path);
            Replacement.create(path, after, like == null ? null : Replacement.attributes(like));
            undo.push(new Undo(name, () -> Files.delete(path)));
        } else {
            Replacement.replace(path, after);
            undo.push(new Undo(name, () -> Replacement.replace(path, before)));
        }
    }

    private void makeFolders(Path file) throws IOException {
        Deque<Path> wanting = new ArrayDeque<>();
        for (@Nullable Path at = file.getParent();
                at != null && !Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS);
                at = at.getParent()) {
            wanting.push(at);
        }
        for (Path folder : wanting) {
            Files.createDirectory(folder);
            undo.push(new Undo(places.name(folder), () -> Files.deleteIfExists(folder)));
        }
    }

    private String broughtBack(boolean several) {
        List<String> lost = new ArrayList<>();
        while (!undo.isEmpty()) {
            Undo each = undo.pop();
            try {
                each.action().run();
            } catch (NoSuchFileException _) {
                // Gone as it should be.
            } catch (IOException e) {
                lost.add(each.name() + " (" + IoReason.of(e) + ")");
            }
        }
        if (!lost.isEmpty()) {
            return "; these could not be brought back: " + String.join(", ", lost);
        }
        return several ? "; no file was changed" : "";
    }
}
