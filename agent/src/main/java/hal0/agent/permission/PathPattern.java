package hal0.agent.permission;

import hal0.agent.workspace.Workspace;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Paths of the workspace, or anywhere when it begins with `/`, `~/` or `..`.
///
/// **Shape** `segments` are names with stars; `**` stands for any number of folders, and at the end
/// for all that is below.
record PathPattern(String text, List<String> segments, boolean elsewhere) implements Rule.Scope {
    PathPattern {
        segments = List.copyOf(segments);
    }

    /// **Errors** [IllegalArgumentException] for what can be no path.
    static PathPattern parse(String written) {
        try {
            Path _ = FileSystems.getDefault().getPath(written.replace("*", ""));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("that is no path: " + e.getReason(), e);
        }
        String text = written.startsWith("~/") ? home() + written.substring(1) : written;
        boolean elsewhere = text.startsWith("/") || text.startsWith("..");
        List<String> segments = new ArrayList<>();
        for (String segment : text.split("/", -1)) {
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        if (text.endsWith("/")) {
            segments.add("**");
        }
        return new PathPattern(written, segments, elsewhere);
    }

    private static String home() {
        return System.getProperty("user.home");
    }

    boolean matches(Path real, Workspace workspace) {
        List<String> names = new ArrayList<>();
        if (!elsewhere) {
            if (!workspace.contains(real)) {
                return false;
            }
            workspace.root().relativize(real).forEach(name -> names.add(name.toString()));
            names.remove("");
            return matches(segments, names);
        }
        real.forEach(name -> names.add(name.toString()));
        return matches(absolute(workspace), names);
    }

    /// Whether what stands before its first star is something of hal0's own.
    boolean names(Workspace workspace) {
        StringBuilder plain = new StringBuilder();
        for (String segment : elsewhere ? absolute(workspace) : segments) {
            if (segment.contains("*")) {
                break;
            }
            plain.append(elsewhere || !plain.isEmpty() ? "/" : "").append(segment);
        }
        return workspace.keeps(workspace.resolve(plain.toString()));
    }

    private List<String> absolute(Workspace workspace) {
        if (!segments.isEmpty() && !segments.getFirst().equals("..")) {
            return segments;
        }
        List<String> all = new ArrayList<>();
        workspace.root().forEach(name -> all.add(name.toString()));
        for (String segment : segments) {
            if (!segment.equals("..")) {
                all.add(segment);
            } else if (!all.isEmpty()) {
                all.removeLast();
            }
        }
        return all;
    }

    /// Goes back only to the last `**`, so the time is the product of both lengths at worst.
    private static boolean matches(List<String> pattern, List<String> names) {
        int p = 0;
        int n = 0;
        int afterFolders = -1;
        int resume = 0;
        while (n < names.size()) {
            if (p < pattern.size() && pattern.get(p).equals("**")) {
                afterFolders = ++p;
                resume = n;
            } else if (p < pattern.size() && matchesName(pattern.get(p), names.get(n))) {
                p++;
                n++;
            } else if (afterFolders >= 0) {
                p = afterFolders;
                n = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.size() && pattern.get(p).equals("**")) {
            p++;
        }
        return p == pattern.size();
    }

    private static boolean matchesName(String pattern, String name) {
        return Stars.match(Stars.pieces(pattern), name);
    }

    int literalLength() {
        return text.replace("*", "").length();
    }
}
