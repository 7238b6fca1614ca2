package hal0.tui.theme;

import hal0.home.config.ConfigException;
import hal0.home.config.ConfigProblem;
import hal0.home.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where themes come from: the program's own, and `NAME.toml` in the user's folder, which wins over
/// one of ours of the same name.
///
/// **Threads** any but the UI thread, as files are read.
public final class Palettes {
    public static final String DARK = "dark";
    public static final String LIGHT = "light";

    /// No theme but the wish for dark or light, as the terminal is.
    public static final String AUTO = "auto";

    private static final List<String> OURS =
            List.of(
                    DARK,
                    LIGHT,
                    "midnight",
                    "forest",
                    "ember",
                    "ocean",
                    "plum",
                    "contrast",
                    "paper",
                    "sky");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    private final @Nullable Path folder;

    /// With the user's own in `folder`, which need not exist; null for none.
    public Palettes(@Nullable Path folder) {
        this.folder = folder;
    }

    /// All themes that can be used, and what is wrong with files that cannot.
    public record Found(List<Palette> palettes, List<String> problems) {
        public Found {
            palettes = List.copyOf(palettes);
            problems = List.copyOf(problems);
        }
    }

    /// One of ours; [#DARK] or [#LIGHT] for what the terminal is like.
    public static Palette plain(boolean light) {
        return ours(light ? LIGHT : DARK);
    }

    public static List<String> ownNames() {
        return OURS;
    }

    /// The theme of that name.
    ///
    /// **Errors** [ConfigException] when its file is wrong; [IllegalArgumentException] when there
    /// is none.
    public Palette named(String name) {
        boolean valid = NAME.matcher(name).matches() && !name.equals(AUTO);
        Path file = folder == null || !valid ? null : folder.resolve(name + ".toml");
        if (file != null && Files.isRegularFile(file)) {
            return read(file, name);
        }
        if (OURS.contains(name)) {
            return ours(name);
        }
        throw new IllegalArgumentException(
                "there is no theme \"%s\"; there are auto, %s, and files NAME.toml in %s"
                        .formatted(name, String.join(", ", OURS), folder));
    }

    /// Ours first, then the user's by name.
    public Found all() {
        Map<String, Path> files = files();
        List<Palette> found = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String name : OURS) {
            if (!files.containsKey(name)) {
                found.add(ours(name));
            }
        }
        files.forEach((name, file) -> {
            try {
                found.add(read(file, name));
            } catch (ConfigException e) {
                e.problems().stream().map(ConfigProblem::toString).forEach(problems::add);
            }
        });
        return new Found(found, problems);
    }

    private Map<String, Path> files() {
        Map<String, Path> files = new TreeMap<>();
        if (folder == null || !Files.isDirectory(folder)) {
            return files;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            entries.forEach(file -> {
                String fileName = String.valueOf(file.getFileName());
                boolean toml = fileName.endsWith(".toml");
                String name = toml ? fileName.substring(0, fileName.length() - 5) : "";
                if (NAME.matcher(name).matches() && !name.equals(AUTO)) {
                    files.put(name, file);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
        return files;
    }

    private static Palette read(Path file, String name) {
        PaletteSection section = new PaletteSection(name, Palettes::plain);
        Settings settings = Settings.read(file, List.of(section));
        return settings.orThrow().get(section);
    }

    private static Palette ours(String name) {
        return OwnTheme.read(name, text(name + ".toml"));
    }

    static String text(String fileName) {
        try (InputStream in = Palettes.class.getResourceAsStream(fileName)) {
            if (in == null) {
                throw new IllegalStateException(fileName + " is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + fileName, e);
        }
    }
}
