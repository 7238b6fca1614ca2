package hal0.providers.script;

import hal0.home.IoReason;
import hal0.home.config.Nearest;
import hal0.providers.ScriptUse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where scripts are found: the user's folder, then those that come with the program.
///
/// **Threads** any; reads the disk on each call.
public final class ScriptFiles {
    private static final String SUFFIX = ".lua";
    private static final int LARGEST = 1024 * 1024;
    private static final List<String> BUILT_IN = List.of("ollama", "openrouter");

    private final Path folder;

    public ScriptFiles(Path folder) {
        this.folder = folder;
    }

    /// What is in the folder: names of scripts in order, and what is wrong with other files.
    ///
    /// **Shape** `problems` are fit to be shown.
    public record Found(List<String> names, List<String> problems) {
        public Found {
            names = List.copyOf(names);
            problems = List.copyOf(problems);
        }
    }

    /// The user's own; a folder that is not there has none.
    public Found own() {
        List<String> names = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                String whole = file.getFileName().toString();
                String name = whole.substring(0, whole.length() - SUFFIX.length());
                if (ScriptUse.isName(name)) {
                    names.add(name);
                } else if (!whole.startsWith(".")) {
                    problems.add(
                            "providers/%s: this cannot be the name of a provider; use letters, digits, - and _"
                                    .formatted(whole));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return new Found(List.of(), List.of());
        } catch (IOException e) {
            problems.add("%s cannot be read: %s".formatted(folder, IoReason.of(e)));
        }
        names.sort(null);
        problems.sort(null);
        return new Found(names, problems);
    }

    /// What tells the script of that name from another version of it; empty when there is none.
    Optional<ScriptFile.Stamp> stamp(String name) {
        if (!ScriptUse.isName(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(stamp(folder.resolve(name + SUFFIX)));
        } catch (IOException e) {
            // Not there, or not to be read: then what comes with the program is used.
            return BUILT_IN.contains(name)
                    ? Optional.of(ScriptFile.Stamp.BUILT_IN)
                    : Optional.empty();
        }
    }

    private static ScriptFile.Stamp stamp(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new ScriptFile.Stamp(
                false,
                now.lastModifiedTime().toMillis(),
                now.size(),
                String.valueOf(now.fileKey()));
    }

    /// The script of that name.
    ///
    /// **Errors** [ScriptException].
    ScriptFile read(String name) {
        ScriptFile.Stamp stamp = stamp(name).orElseThrow(() -> missing(name));
        return stamp.builtIn() ? builtIn(name) : read(folder.resolve(name + SUFFIX), name);
    }

    /// A file anywhere.
    ///
    /// **Errors** [ScriptException].
    static ScriptFile read(Path file, String name) {
        String shown = "providers/" + name + SUFFIX;
        try (InputStream in = Files.newInputStream(file)) {
            // Before the bytes: a change between the two makes them old at once, not for ever.
            ScriptFile.Stamp stamp = stamp(file);
            byte[] source = in.readNBytes(LARGEST + 1);
            if (source.length > LARGEST) {
                throw new ScriptException(
                        "%s: it is larger than %d KiB".formatted(shown, LARGEST / 1024));
            }
            return new ScriptFile(name, shown, source, stamp);
        } catch (IOException e) {
            throw new ScriptException("%s cannot be read: %s".formatted(file, IoReason.of(e)), e);
        }
    }

    private static ScriptFile builtIn(String name) {
        String resource = name + SUFFIX;
        try (InputStream in = ScriptFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the program");
            }
            return new ScriptFile(
                    name, resource + " (built in)", in.readAllBytes(), ScriptFile.Stamp.BUILT_IN);
        } catch (IOException e) {
            throw new ScriptException(
                    "%s cannot be read: %s".formatted(resource, IoReason.of(e)), e);
        }
    }

    private ScriptException missing(String name) {
        List<String> names = new ArrayList<>(own().names());
        names.addAll(BUILT_IN);
        return new ScriptException(
                "there is no script \"%s\"%s: put it at %s"
                        .formatted(name, Nearest.hint(name, names), folder.resolve(name + SUFFIX)));
    }
}
