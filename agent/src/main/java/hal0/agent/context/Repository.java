package hal0.agent.context;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A git repository as its files show it, without git.
///
/// **Source** gitrepository-layout(5): `.git` is a folder, or a file that names one; `HEAD` there
/// names the branch.
record Repository(Path root, Path gitFolder) {
    private static final int LONGEST = 4096;
    private static final int SHORT_HASH = 9;
    private static final Pattern BRANCH = Pattern.compile("ref: refs/heads/(\\P{Cntrl}{1,200})");
    private static final Pattern DETACHED = Pattern.compile("[0-9a-f]{40,64}");
    private static final Pattern LINKED = Pattern.compile("gitdir: (\\P{Cntrl}+)");

    /// The one that a folder belongs to.
    static Optional<Repository> of(Path folder) {
        for (Path at = folder; at != null; at = at.getParent()) {
            Path git = at.resolve(".git");
            if (Files.isDirectory(git)) {
                return Optional.of(new Repository(at, git));
            }
            if (Files.isRegularFile(git)) {
                return Optional.of(new Repository(at, linked(at, git)));
            }
        }
        return Optional.empty();
    }

    private static Path linked(Path root, Path file) {
        Matcher named = LINKED.matcher(firstLine(file));
        try {
            return named.matches() ? root.resolve(named.group(1)) : file;
        } catch (InvalidPathException _) {
            return file; // it names no folder, so there is no branch to be told
        }
    }

    /// The branch that is checked out, or the beginning of the commit where none is.
    Optional<String> branch() {
        String head = firstLine(gitFolder.resolve("HEAD"));
        Matcher named = BRANCH.matcher(head);
        if (named.matches()) {
            return Optional.of(named.group(1));
        }
        return DETACHED.matcher(head).matches()
                ? Optional.of(head.substring(0, SHORT_HASH))
                : Optional.empty();
    }

    private static String firstLine(Path file) {
        try {
            return BoundedText.read(file, LONGEST).text().lines().findFirst().orElse("");
        } catch (IOException _) {
            return ""; // the branch is a courtesy: git itself will say what is wrong
        }
    }
}
