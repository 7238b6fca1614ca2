package hal0.agent.permission;

import hal0.agent.permission.shell.GitContents;
import hal0.agent.permission.shell.Word;
import hal0.agent.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds files that git tracks and that look like secrets, among those that a command may print.
///
/// **Shape** `folders` are those that the command may run in.
record TrackedSecrets(Workspace workspace, List<Path> folders) {

    /// Why the user should be asked; null where nothing speaks against it.
    @Nullable String shown(GitContents contents) {
        for (Path folder : folders) {
            Path top = top(folder);
            if (top == null) {
                continue; // no repository: git will say so
            }
            Predicate<Path> shown = shown(contents, folder);
            Optional<List<String>> names = GitIndex.names(top);
            if (names.isEmpty()) {
                return "it cannot be told which files git tracks here";
            }
            for (String name : names.get()) {
                Path file = top.resolve(name);
                if (SecretFiles.keepsBack(file, workspace) && shown.test(file)) {
                    return workspace.name(file)
                            + " is tracked and may hold secrets, which this may print";
                }
            }
        }
        return null;
    }

    private static @Nullable Path top(Path folder) {
        for (Path at = folder; at != null; at = at.getParent()) {
            boolean bare = Files.isDirectory(at.resolve("objects")) && isFile(at.resolve("HEAD"));
            if (bare || Files.exists(at.resolve(".git"))) {
                return at;
            }
        }
        return null;
    }

    private static boolean isFile(Path path) {
        return Files.isRegularFile(path);
    }

    /// Whether a file is shown that is not named itself: whoever names it was asked about it.
    private static Predicate<Path> shown(GitContents contents, Path folder) {
        List<Predicate<Path>> each = new ArrayList<>();
        for (Word word : contents.narrowed()) {
            String text = word.text();
            Path named = word.exact() ? folder.resolve(text).normalize() : folder;
            if (!contents.paths()) {
                if (Files.exists(named, LinkOption.NOFOLLOW_LINKS)) {
                    each.add(file -> file.startsWith(named) && !file.equals(named));
                }
            } else if (!word.exact() || text.matches(":.*|.*[?\\[\\\\].*|/.*|.*\\.\\..*")) {
                return _ -> true; // what these mean is for git to say
            } else if (text.contains("*")) {
                List<String> pieces = Stars.pieces(text);
                each.add(file ->
                        file.startsWith(folder)
                                && Stars.match(pieces, folder.relativize(file).toString()));
            } else {
                each.add(file -> file.startsWith(named) && !file.equals(named));
            }
        }
        return each.isEmpty() ? _ -> true : file -> each.stream().anyMatch(p -> p.test(file));
    }
}
