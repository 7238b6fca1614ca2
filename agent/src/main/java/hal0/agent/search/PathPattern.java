package hal0.agent.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A pattern for a path with slashes, where `**` stands for any number of folders.
///
/// **Shape** a pattern that is one name means that name at any depth. Brackets end before a slash.
final class PathPattern {
    private final boolean anyDepth;

    /// Null where `**` stands.
    private final @Nullable Wildcard[] parts;

    private PathPattern(boolean anyDepth, @Nullable Wildcard[] parts) {
        this.anyDepth = anyDepth;
        this.parts = parts;
    }

    /// **Shape** a slash at the beginning ties a single name to the top; one at the end is not for
    /// here.
    static PathPattern of(String pattern) {
        boolean tied = pattern.startsWith("/");
        String[] names = (tied ? pattern.substring(1) : pattern).split("/", -1);
        List<@Nullable Wildcard> parts = new ArrayList<>();
        for (String name : names) {
            if (!name.equals("**")) {
                parts.add(Wildcard.of(name));
            } else if (parts.isEmpty() || parts.getLast() != null) {
                parts.add(null);
            }
        }
        if (parts.size() > 1 && parts.getLast() == null) {
            // What a folder holds, and not the folder.
            parts.add(Wildcard.of("*"));
        }
        if (parts.size() == 2 && parts.getFirst() == null) {
            return new PathPattern(true, new Wildcard[] {parts.getLast()});
        }
        return new PathPattern(
                names.length == 1 && !tied && parts.getFirst() != null,
                parts.toArray(new @Nullable Wildcard[0]));
    }

    /// Whether only the last name of a path counts.
    boolean ofNames() {
        return anyDepth;
    }

    boolean matches(String path) {
        return matches(path, path.substring(path.lastIndexOf('/') + 1));
    }

    /// **Shape** `name` is the last name of `path`, for who has it already.
    boolean matches(String path, String name) {
        Wildcard first = parts[0];
        if (anyDepth) {
            return first != null && first.matches(name);
        }
        if (first != null && !first.mayBegin(path)) {
            return false;
        }
        return steps(path.split("/", -1));
    }

    /// As in [Wildcard]: only the last `**` is tried again.
    private boolean steps(String[] names) {
        int at = 0;
        int part = 0;
        int star = -1;
        int starAt = 0;
        while (at < names.length) {
            Wildcard next = part < parts.length ? parts[part] : null;
            if (part < parts.length && next == null) {
                star = part++;
                starAt = at;
            } else if (next != null && next.matches(names[at])) {
                part++;
                at++;
            } else if (star >= 0) {
                part = star + 1;
                at = ++starAt;
            } else {
                return false;
            }
        }
        while (part < parts.length && parts[part] == null) {
            part++;
        }
        return part == parts.length;
    }

    @Override
    public String toString() {
        return (anyDepth ? "**/" : "") + Arrays.toString(parts);
    }
}
