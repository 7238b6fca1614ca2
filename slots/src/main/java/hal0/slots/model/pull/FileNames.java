package hal0.slots.model.pull;

import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import java.util.regex.Pattern;

/// Names of files as others give them, of which none may lead anywhere else.
final class FileNames {
    /// No slash of either kind, no control character, and nothing that hides or leads upwards.
    private static final Pattern SEGMENT =
            Pattern.compile("[^/\\\\\\p{IsControl}.][^/\\\\\\p{IsControl}]*");

    /// What file systems take, less what a part is called.
    private static final int LONGEST = 240;

    private FileNames() {}

    /// The path of a file in a repository, with plain slashes.
    ///
    /// **Errors** [ModelException] `INVALID`.
    static String check(String path) {
        if (!isGood(path)) {
            throw ModelException.of(
                    ModelProblem.INVALID,
                    "\"%s\" is no name of a file"
                            .formatted(path.replaceAll("\\p{IsControl}", "?")));
        }
        return path;
    }

    static boolean isGood(String path) {
        for (String segment : path.split("/", -1)) {
            if (!SEGMENT.matcher(segment).matches() || segment.length() > LONGEST) {
                return false;
            }
        }
        return true;
    }

    /// The last name of a path, which names the file.
    static String last(String path) {
        return check(path.substring(path.lastIndexOf('/') + 1));
    }
}
