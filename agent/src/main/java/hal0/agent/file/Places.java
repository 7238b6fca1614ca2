package hal0.agent.file;

import hal0.agent.tool.ToolException;
import hal0.agent.workspace.Workspace;
import hal0.home.config.Nearest;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/// Finds the files that a model names. **Threads** any.
record Places(Workspace workspace) {
    private static final int MAX_NEIGHBOURS = 10_000;

    /// The real place that a name means. A letter with an accent may be written in two ways; where
    /// a name is there in the other one, that is meant.
    Path resolve(String name) {
        if (name.isBlank()) {
            throw new ToolException("the path is empty");
        }
        try {
            Path wanted = workspace.resolve(name);
            boolean plain = wanted.toString().chars().allMatch(c -> c < 0x80);
            return plain ? wanted : workspace.resolve(spelled(wanted).toString());
        } catch (InvalidPathException e) {
            throw new ToolException("no file can have that name: " + e.getReason(), e);
        }
    }

    private static Path spelled(Path wanted) {
        Path parent = wanted.getParent();
        Path last = wanted.getFileName();
        if (parent == null || last == null || Files.exists(wanted, LinkOption.NOFOLLOW_LINKS)) {
            return wanted;
        }
        Path folder = spelled(parent);
        String composed = composed(last.toString());
        for (String each : neighbours(folder)) {
            if (composed(each).equals(composed)) {
                return folder.resolve(each);
            }
        }
        return folder.resolve(last);
    }

    private static String composed(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    /// **Errors** [ToolException] when the name leads elsewhere than when the call was allowed.
    void demandUnmoved(String name, Path planned) {
        Path now = resolve(name);
        if (!now.equals(planned)) {
            throw new ToolException(
                    "%s now leads to %s, which is not what was allowed; call again"
                            .formatted(name, workspace.name(now)));
        }
    }

    String name(Path real) {
        return workspace.name(real);
    }

    /// Says that nothing is there, and what is near. What a folder outside of the workspace holds
    /// is not told: reading one file of it was allowed, not more.
    ToolException missing(Path real) {
        Path folder = real.getParent();
        while (folder != null && !Files.isDirectory(folder)) {
            folder = folder.getParent();
        }
        if (folder == null || !workspace.contains(folder)) {
            return new ToolException("there is no " + name(real));
        }
        if (!folder.equals(real.getParent())) {
            return new ToolException(
                    "there is no %s, nor its folder; %s is there"
                            .formatted(name(real), name(folder)));
        }
        String last = String.valueOf(real.getFileName());
        String near = Nearest.to(last, neighbours(folder));
        return new ToolException(
                "there is no %s%s"
                        .formatted(
                                name(real),
                                near == null
                                        ? ""
                                        : "; did you mean " + name(folder.resolve(near)) + "?"));
    }

    private static List<String> neighbours(Path folder) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path each : entries) {
                names.add(String.valueOf(each.getFileName()));
                if (names.size() >= MAX_NEIGHBOURS) {
                    break;
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            // It only helps to find a better name; the access itself will say what is wrong.
            return names;
        }
        return names;
    }
}
