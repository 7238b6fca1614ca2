package hal0.agent.permission;

import hal0.agent.permission.shell.Word;
import hal0.agent.workspace.Workspace;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which files the words of a command may mean.
///
/// **Shape** `folders` are those that the command may run in.
record WordPlaces(Workspace workspace, List<Path> folders) {
    private static final int MOST_FILES = 2_000;

    WordPlaces {
        folders = List.copyOf(folders);
    }

    /// The files that a word may name, links followed; empty when that cannot be told.
    Optional<List<Path>> of(Word word) {
        if (word.unknown()) {
            return Optional.empty();
        }
        List<Path> all = new ArrayList<>();
        for (String name : names(word.text())) {
            for (Path folder : folders) {
                if (!add(name, folder, all)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(all);
    }

    /// The file that a redirection names: its word is never an option.
    Optional<List<Path>> opened(Word target) {
        List<Path> all = new ArrayList<>();
        for (Path folder : folders) {
            if (!target.exact() || !add(target.text(), folder, all)) {
                return Optional.empty();
            }
        }
        return Optional.of(all);
    }

    /// The parts of a word that may be names: the word, or what stands behind `=`, `:` or an
    /// option.
    private static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        if (!text.startsWith("-")) {
            names.add(text);
        } else if (text.length() > 2 && !text.startsWith("--")) {
            names.add(text.substring(2));
        }
        for (char mark : new char[] {'=', ':'}) {
            int at = text.indexOf(mark);
            boolean address = mark == ':' && text.startsWith("://", at);
            if (at >= 0 && !address) {
                names.add(text.substring(at + 1));
            }
        }
        names.replaceAll(name -> name.startsWith("@") ? name.substring(1) : name);
        names.removeIf(String::isEmpty);
        return names;
    }

    private boolean add(String name, Path folder, List<Path> to) {
        try {
            int glob = name.indexOf(Word.GLOB);
            if (glob < 0) {
                to.add(real(name, folder));
                // `cd` goes back the way it came; all else goes to the folder above.
                if (name.contains("..")) {
                    to.add(workspace.resolve(folder.resolve(name).normalize().toString()));
                }
                return true;
            }
            int slash = name.lastIndexOf('/');
            return slash < glob
                    && matching(
                            slash < 0 ? folder : real(name.substring(0, slash + 1), folder),
                            name.substring(slash + 1),
                            to);
        } catch (InvalidPathException _) {
            return false;
        }
    }

    Path real(String name, Path folder) {
        boolean home = name.equals("~") || name.startsWith("~/");
        return workspace.resolve(home ? name : folder.resolve(name).toString());
    }

    private boolean matching(Path folder, String pattern, List<Path> to) {
        to.add(folder);
        if (!workspace.contains(folder) || !Files.isDirectory(folder)) {
            return true;
        }
        List<String> pieces = List.of(pattern.split(String.valueOf(Word.GLOB), -1));
        int seen = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                boolean hidden = name.startsWith(".") && !pattern.startsWith(".");
                if (++seen > MOST_FILES) {
                    return false;
                }
                if (!hidden && Stars.match(pieces, name)) {
                    to.add(workspace.resolve(entry.toString()));
                }
            }
            return true;
        } catch (IOException _) {
            return false; // what is there cannot be told
        }
    }
}
