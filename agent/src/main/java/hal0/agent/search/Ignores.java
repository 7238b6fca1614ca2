package hal0.agent.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is left out in a folder by the rules in it and in those above it.
///
/// **Shape** a deeper file beats a higher one; `.ignore` beats `.gitignore`, that beats
/// `.git/info/exclude`, and that the leaving out of hidden names. Rules of git end at the top of
/// its repository. Paths are from the top of the walk, with slashes. **Threads** immutable.
final class Ignores {
    /// Hidden names that belong to a project as its sources do.
    static final List<String> HIDDEN_LINES =
            List.of(
                    ".*",
                    "!.github",
                    "!.gitlab",
                    "!.gitlab-ci.yml",
                    "!.circleci",
                    "!.devcontainer",
                    "!.gitignore",
                    "!.gitattributes",
                    "!.dockerignore",
                    "!.editorconfig",
                    "!.mvn",
                    "!.cargo",
                    "!.config");

    private static final IgnoreRules HIDDEN = IgnoreRules.of(HIDDEN_LINES);

    private final @Nullable Ignores above;
    private final int base;
    private final IgnoreRules git;
    private final IgnoreRules own;
    private final @Nullable IgnoreRules exclude;

    private Ignores(
            @Nullable Ignores above,
            int base,
            IgnoreRules git,
            IgnoreRules own,
            @Nullable IgnoreRules exclude) {
        this.above = above;
        this.base = base;
        this.git = git;
        this.own = own;
        this.exclude = exclude;
    }

    /// The rules in `folder`, at `path` from the top of the walk (empty for the top itself), under
    /// those of the folder above it.
    static Ignores in(@Nullable Ignores above, Path folder, String path) {
        boolean repository = Files.exists(folder.resolve(".git"));
        IgnoreRules git = read(folder.resolve(".gitignore"));
        IgnoreRules own = read(folder.resolve(".ignore"));
        if (above != null && !repository && git.isEmpty() && own.isEmpty()) {
            return above;
        }
        return new Ignores(
                above,
                path.isEmpty() ? 0 : path.length() + 1,
                git,
                own,
                repository ? read(folder.resolve(".git/info/exclude")) : null);
    }

    /// Whether `path`, whose last name is `name`, is left out; `hidden` takes hidden names.
    boolean leaveOut(String path, String name, boolean folder, boolean hidden) {
        if (name.equals(".git")) {
            return true;
        }
        return switch (said(path, name, folder)) {
            case LEFT_OUT -> true;
            case TAKEN_BACK -> false;
            case SILENT ->
                    !hidden
                            && name.charAt(0) == '.'
                            && HIDDEN.of(name, name, folder) == IgnoreRules.Verdict.LEFT_OUT;
        };
    }

    private IgnoreRules.Verdict said(String path, String name, boolean folder) {
        for (Ignores at = this; at != null; at = at.above) {
            IgnoreRules.Verdict verdict = at.own.of(path.substring(at.base), name, folder);
            if (verdict != IgnoreRules.Verdict.SILENT) {
                return verdict;
            }
        }
        for (Ignores at = this; at != null; at = at.above) {
            String rest = path.substring(at.base);
            IgnoreRules.Verdict verdict = at.git.of(rest, name, folder);
            if (verdict != IgnoreRules.Verdict.SILENT) {
                return verdict;
            }
            if (at.exclude != null) {
                return at.exclude.of(rest, name, folder);
            }
        }
        return IgnoreRules.Verdict.SILENT;
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
