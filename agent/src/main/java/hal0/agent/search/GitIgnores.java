package hal0.agent.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.agent.checkpoint.LeftOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What git ignores, and nothing else: other than for a search, hidden files and those that only
/// `.ignore` names are the user's work.
///
/// **Shape** without a repository the rules begin in the workspace. **Source** gitignore(5), read
/// 2026-11.
public final class GitIgnores implements LeftOut {

    @Override
    public Rules at(Path top) {
        Path start = top;
        for (Path at = top; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                start = at;
                break;
            }
        }
        Level level = Level.under(null, start, "");
        Path folder = start;
        for (Path part : start.equals(top) ? Path.of("") : start.relativize(top)) {
            if (!part.toString().isEmpty()) {
                folder = folder.resolve(part);
                level = level.in(folder, part.toString());
            }
        }
        return level;
    }

    /// The rules of one folder. `path` is from where the rules begin, empty there.
    private record Level(
            @Nullable Level above, String path, IgnoreRules rules, @Nullable IgnoreRules exclude)
            implements Rules {

        static Level under(@Nullable Level above, Path folder, String path) {
            boolean repository = Files.exists(folder.resolve(".git"));
            return new Level(
                    above,
                    path,
                    read(folder.resolve(".gitignore")),
                    repository ? read(folder.resolve(".git/info/exclude")) : null);
        }

        @Override
        public Level in(Path folder, String name) {
            return under(this, folder, of(name));
        }

        @Override
        public boolean leaveOut(String name, boolean folder) {
            String full = of(name);
            for (Level at = this; at != null; at = at.above) {
                String rest = full.substring(at.path.isEmpty() ? 0 : at.path.length() + 1);
                IgnoreRules.Verdict verdict = at.rules.of(rest, name, folder);
                if (verdict != IgnoreRules.Verdict.SILENT) {
                    return verdict == IgnoreRules.Verdict.LEFT_OUT;
                }
                if (at.exclude != null) {
                    // Rules of git end at the top of its repository.
                    return at.exclude.of(rest, name, folder) == IgnoreRules.Verdict.LEFT_OUT;
                }
            }
            return false;
        }

        private String of(String name) {
            return path.isEmpty() ? name : path + '/' + name;
        }

        private static IgnoreRules read(Path file) {
            if (!Files.isRegularFile(file)) {
                return IgnoreRules.NONE;
            }
            try {
                return IgnoreRules.of(new String(Files.readAllBytes(file), UTF_8).lines().toList());
            } catch (IOException _) {
                return IgnoreRules.NONE; // git cannot read it either, and goes on without
            }
        }
    }
}
