package hal0.agent.permission;

import hal0.agent.workspace.Workspace;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Knows files with passwords and keys by their names. **Threads** any.
public final class SecretFiles {
    private static final Pattern NAMES =
            Pattern.compile(
                    "\\.env(rc)?|\\.env\\..*|.*\\.env|id_(rsa|dsa|ecdsa|ed25519)(_sk)?|.*\\.(pem|key|p12|pfx"
                            + "|jks|keystore|kdbx|ppk|ovpn)|[._]netrc|\\.npmrc|\\.yarnrc\\.yml|\\.pypirc|\\.pgpass"
                            + "|\\.my\\.cnf|\\.git-credentials|\\.htpasswd|\\.dockercfg|\\.vault-token"
                            + "|\\.(bash|zsh|python|psql|mysql|node_repl)_history"
                            + "|(credentials|secrets?)(\\.(json|ya?ml|toml|ini|csv|xml|properties|txt))?"
                            + "|service-?account.*\\.json|.*\\.tfstate(\\.backup)?|terraform\\.tfvars|auth\\.json");
    private static final Set<String> FOLDERS =
            Set.of(
                    ".ssh",
                    ".gnupg",
                    ".aws",
                    ".azure",
                    ".kube",
                    ".docker",
                    ".password-store",
                    ".gcloud");
    private static final Pattern EXAMPLES =
            Pattern.compile(
                    "\\.env\\.(example|sample|template|dist|defaults?)|(example|sample)\\.env");

    /// Where other people's files lie that no one keeps secrets in.
    private static final Set<String> SKIPPED =
            Set.of(".git", "node_modules", "target", "build", "dist", ".venv", "venv", ".gradle");

    private static final int MOST_FILES = 20_000;

    /// Folders in which programs keep what is theirs, by the XDG Base Directory Specification 0.8.
    private static final Set<String> SHARED = Set.of(".config", "share", "state");

    private SecretFiles() {}

    /// Whether leave to look into a folder is none to read this file below it.
    public static boolean keepsBack(Path file, Workspace workspace) {
        return isSecret(file) || isOurs(file, workspace);
    }

    /// Keys, logins and the rules of hal0: the workspace may be the user's home, or hold it.
    static boolean isOurs(Path path, Workspace workspace) {
        if (workspace.keeps(path)) {
            return true;
        }
        String before = "";
        for (Path each : path) {
            String name = each.toString().toLowerCase(Locale.ROOT);
            if (name.equals("hal0") && SHARED.contains(before)) {
                return true;
            }
            before = name;
        }
        return false;
    }

    static boolean isSecret(Path path) {
        for (Path name : path) {
            if (FOLDERS.contains(name.toString().toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        Path last = path.getFileName();
        return last != null
                && (isName(last.toString()) || path.endsWith(Path.of(".git", "config")));
    }

    private static boolean isName(String written) {
        String name = written.toLowerCase(Locale.ROOT);
        return NAMES.matcher(name).matches() && !EXAMPLES.matcher(name).matches();
    }

    /// Whether a part of a path, written with stars or without, says that secrets are meant.
    static boolean isNamedBy(String segment) {
        String literal = segment.replace("*", "");
        return FOLDERS.contains(literal) || isName(literal) || literal.equals("config");
    }

    /// A file with secrets in a folder or below; null when none is there. A folder of too many
    /// files to look at is one itself.
    static @Nullable Path under(Path folder, boolean hidden, Workspace workspace) {
        Search search = new Search(hidden, workspace);
        try {
            Files.walkFileTree(folder, search);
        } catch (IOException _) {
            return folder; // cannot be looked at: to be asked
        }
        return search.found != null || search.files <= MOST_FILES ? search.found : folder;
    }

    private static final class Search extends SimpleFileVisitor<Path> {
        private final boolean hidden;
        private final Workspace workspace;
        private @Nullable Path found;
        private int files;

        Search(boolean hidden, Workspace workspace) {
            this.hidden = hidden;
            this.workspace = workspace;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            Path name = folder.getFileName();
            return files++ > 0 && name != null && isSkipped(name.toString())
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        private boolean isSkipped(String name) {
            return SKIPPED.contains(name) || (!hidden && name.startsWith("."));
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean seen = hidden || !String.valueOf(file.getFileName()).startsWith(".");
            if (seen && keepsBack(file, workspace)) {
                found = file;
            }
            return found != null || ++files > MOST_FILES
                    ? FileVisitResult.TERMINATE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // who cannot list it cannot read it either
        }
    }
}
