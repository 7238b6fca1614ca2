package hal0.agent.permission;

import hal0.agent.workspace.Workspace;
import java.nio.file.Path;

/// What is special about a place, so that only a rule that names it allows it.
enum Place {
    OUTSIDE("is outside of the workspace"),
    SECRET("may hold secrets"),
    GIT("is what git works with"),
    RULES("holds this project's rules"),
    OURS("is what hal0 itself works with");

    final String why;

    Place(String why) {
        this.why = why;
    }

    boolean holds(Path real, boolean edit, Workspace workspace) {
        return switch (this) {
            case OUTSIDE -> !workspace.contains(real);
            case SECRET -> SecretFiles.isSecret(real);
            case GIT -> edit && hasName(real, ".git");
            case RULES -> edit && real.endsWith(ProjectRules.FILE);
            case OURS -> SecretFiles.isOurs(real, workspace);
        };
    }

    private static boolean hasName(Path path, String wanted) {
        for (Path name : path) {
            if (name.toString().equalsIgnoreCase(wanted)) {
                return true;
            }
        }
        return false;
    }

    /// Whether a path pattern that matches such a place says so itself.
    boolean namedBy(PathPattern pattern, Workspace workspace) {
        return switch (this) {
            case OUTSIDE -> pattern.elsewhere();
            case SECRET -> pattern.segments().stream().anyMatch(SecretFiles::isNamedBy);
            case GIT -> pattern.segments().contains(".git");
            case RULES -> pattern.segments().contains(ProjectRules.FILE);
            case OURS -> pattern.segments().contains("hal0") || pattern.names(workspace);
        };
    }

    /// Whether a word of a rule for commands, written up to its first star, says so.
    boolean namedBy(String ruleWord, String word, Workspace workspace) {
        return switch (this) {
            case OUTSIDE ->
                    (ruleWord.startsWith("/")
                                    || ruleWord.startsWith("~")
                                    || ruleWord.contains(".."))
                            && word.startsWith(ruleWord);
            case SECRET -> {
                Path last = Path.of(ruleWord).getFileName();
                yield last != null && SecretFiles.isNamedBy(last.toString());
            }
            case GIT -> ruleWord.contains(".git");
            case RULES -> ruleWord.contains(ProjectRules.FILE);
            case OURS ->
                    ruleWord.contains("hal0")
                            || (word.startsWith(ruleWord)
                                    && workspace.keeps(workspace.resolve(ruleWord)));
        };
    }
}
