package hal0.agent.file;

import hal0.agent.tool.ToolException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Works out what a patch makes of the files that it names.
///
/// **Errors** [ToolException] naming the file, and the hunk where it is one.
final class PatchPlan {
    private static final int MOST_NAMED = 3;

    private final Places places;
    private final SeenFiles seen;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final StringBuilder diff = new StringBuilder();

    PatchPlan(Places places, SeenFiles seen) {
        this.places = places;
        this.seen = seen;
    }

    /// A file that is there, as the model has read it.
    private record Known(String asked, Path path, String name, byte[] bytes) {}

    Change change() {
        int shown = Math.min(names.size(), MOST_NAMED);
        String rest = shown < names.size() ? " and %d more".formatted(names.size() - shown) : "";
        String title = "apply_patch " + String.join(", ", names.subList(0, shown)) + rest;
        String said = String.join("\n", done);
        return new Change(places, seen, title, steps, diff.toString(), said);
    }

    void add(FilePatch patch) {
        switch (patch) {
            case FilePatch.Add(var path, var content) -> {
                Path fresh = fresh(path);
                String name = places.name(fresh);
                byte[] bytes = TextFile.bytes(content, Encoding.UTF_8, name);
                steps.add(new Step(path, fresh, null, bytes, null));
                tell(name, "made " + name, Diffs.of(name, null, name, content));
            }
            case FilePatch.Delete(var path) -> {
                Known file = known(path);
                steps.add(new Step(path, file.path(), file.bytes(), null, null));
                TextFile old = TextFile.of(file.bytes());
                String shown = Diffs.of(file.name(), old == null ? "" : old.text(), "", null);
                tell(file.name(), "deleted " + file.name(), shown);
            }
            case FilePatch.Update update -> update(update);
        }
    }

    private void update(FilePatch.Update patch) {
        Known file = known(patch.path());
        TextFile old = TextFile.of(file.bytes());
        if (old == null && !patch.hunks().isEmpty()) {
            throw new ToolException(file.name() + " is not text");
        }
        String text = old == null ? "" : old.text();
        String now = PatchedText.of(text, patch.hunks(), file.name());
        byte[] after =
                old == null ? file.bytes() : TextFile.bytes(now, old.encoding(), file.name());
        String moveTo = patch.moveTo();
        if (moveTo == null || places.resolve(moveTo).equals(file.path())) {
            steps.add(new Step(file.asked(), file.path(), file.bytes(), after, null));
            String shown = Diffs.of(file.name(), text, file.name(), now);
            tell(file.name(), "changed " + file.name(), shown);
            return;
        }
        Path target = fresh(moveTo);
        String name = places.name(target);
        steps.add(new Step(moveTo, target, null, after, file.path()));
        steps.add(new Step(file.asked(), file.path(), file.bytes(), null, null));
        String moved = "rename from %s\nrename to %s\n".formatted(file.name(), name);
        tell(
                file.name(),
                "moved %s to %s".formatted(file.name(), name),
                moved + Diffs.of(file.name(), text, name, now));
    }

    private void tell(String name, String what, String shown) {
        names.add(name);
        done.add(what);
        diff.append(shown);
    }

    private Known known(String asked) {
        Path path = once(asked);
        String name = places.name(path);
        byte[] bytes = OnDisk.bytes(path, name);
        if (bytes == null) {
            throw places.missing(path);
        }
        seen.demand(path, name, ContentHash.of(bytes));
        return new Known(asked, path, name, bytes);
    }

    private Path fresh(String asked) {
        Path path = once(asked);
        String name = places.name(path);
        if (OnDisk.bytes(path, name) != null) {
            throw new ToolException(name + " is there already; update or delete it instead");
        }
        return path;
    }

    private Path once(String asked) {
        Path path = places.resolve(asked);
        if (steps.stream().anyMatch(step -> step.path().equals(path))) {
            throw new ToolException(
                    "the patch names %s twice; put all of its hunks behind one head"
                            .formatted(places.name(path)));
        }
        return path;
    }
}
