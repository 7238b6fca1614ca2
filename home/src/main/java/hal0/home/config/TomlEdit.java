package hal0.home.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Changes a TOML file of the user's: what is not meant stays byte for byte as it was, see
/// [TomlSource].
///
/// **Shape** file and folder are made when missing. **Errors** [ConfigException] when the file is
/// not TOML (it is never overwritten then) or the change cannot be made; [IOException] when it
/// cannot be read or written. **Threads** any; a change that somebody else makes meanwhile is kept.
public final class TomlEdit {
    private TomlEdit() {}

    /// The dotted path of these names, such as `providers."my box".enabled`.
    public static String path(String... names) {
        String path = "";
        for (String name : names) {
            path = KeyPath.join(path, name);
        }
        return path;
    }

    /// A text as TOML writes it, in double quotes.
    public static String quoted(String text) {
        return TomlText.quoted(text);
    }

    /// Sets keys, all in one write.
    ///
    /// **Shape** values are String, Integer, Long, Double, Boolean or a List of String.
    public static void set(Path file, Map<String, ?> values) throws IOException {
        rewrite(file, source -> source.with(values));
    }

    /// Removes a key or a table with all that is in it; one that is not there stays so.
    public static void remove(Path file, String path) throws IOException {
        rewrite(file, source -> source.without(path));
    }

    /// Adds whole tables at the end of a file, after a blank line.
    ///
    /// **Errors** also [ConfigException] when one of the tables is there already.
    public static void append(Path file, String tables) throws IOException {
        rewrite(file, source -> source.followedBy(tables));
    }

    /// Replaces the text by what `change` makes of it, in one write; a [ConfigException] from there
    /// leaves the file as it is.
    ///
    /// **Shape** `change` is asked again when somebody else changes the file meanwhile.
    public static void rewrite(Path file, UnaryOperator<TomlSource> change) throws IOException {
        AtomicFile.edit(file, bytes -> changed(file, bytes, change));
    }

    private static byte @Nullable [] changed(
            Path file, byte @Nullable [] bytes, UnaryOperator<TomlSource> change) {
        String name = String.valueOf(file.getFileName());
        Findings findings = new Findings(name);
        String text = bytes == null ? "" : TomlFile.decoded(bytes, findings);
        if (text == null) {
            throw new ConfigException(findings.problems());
        }
        String result = change.apply(new TomlSource(name, text)).text();
        return result.equals(text) ? null : result.getBytes(UTF_8);
    }
}
