package hal0.providers.imported;

import hal0.home.config.TomlTree;
import hal0.providers.Provider;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads another program's configuration file: bytes in, an [Imported] out, nothing touched.
///
/// **Errors** [ConfigException] with file, line and reason when the file cannot be read at all or
/// nobody knows whose it is; what only a part of it lacks is in `notUnderstood`. **Threads** any.
public final class Importer {
    /// No configuration that a person keeps is larger.
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final String NO_SETTING = "hal0 has no setting for it";

    private final Function<String, Optional<Provider>> presets;
    private final Function<String, Optional<String>> variables;

    /// `presets` by their id; `variables` tells what is set in the environment and in `api.env`.
    public Importer(
            Function<String, Optional<Provider>> presets,
            Function<String, Optional<String>> variables) {
        this.presets = presets;
        this.variables = variables;
    }

    /// Reads a file; without a `format` its name and its top-level keys tell.
    public Imported read(String fileName, byte[] bytes, @Nullable Format format) {
        Format.Syntax syntax = format == null ? syntaxOf(fileName, bytes) : format.syntax();
        Notes notes = new Notes(fileName);
        Node root = Node.of(tree(fileName, bytes, syntax), notes);
        Format known = format != null ? format : recognized(fileName, syntax, root);
        Reader reader = new Reader(notes, new Keys(variables), presets);
        switch (known) {
            case HAMR -> new HamrFile(reader).read(root);
            case UPSTREAMS -> new UpstreamsFile(reader).read(root);
            case ATHYR -> new AthyrFile(reader).read(root);
            case LITELLM -> new LiteLlmFile(reader).read(root);
            case OPENCODE -> new OpencodeFile(reader).read(root);
        }
        root.reportRest(NO_SETTING);
        return reader.result(known);
    }

    private static Format recognized(String fileName, Format.Syntax syntax, Node root) {
        if (!root.isTable()) {
            throw Malformed.at(fileName, 1, "there are no keys in it");
        }
        return Format.of(syntax, root.fields())
                .orElseThrow(() ->
                        Malformed.at(
                                fileName,
                                0,
                                "nothing in it tells whose configuration it is",
                                "name it with --format "
                                        + Arrays.stream(Format.values())
                                                .map(Format::toString)
                                                .collect(Collectors.joining("|"))));
    }

    private static Format.Syntax syntaxOf(String fileName, byte[] bytes) {
        String name = fileName.toLowerCase(Locale.ROOT);
        if (name.endsWith(".toml")) {
            return Format.Syntax.TOML;
        }
        if (name.endsWith(".json") || name.endsWith(".jsonc")) {
            return Format.Syntax.JSON;
        }
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return Format.Syntax.YAML;
        }
        String start = new String(bytes, 0, Math.min(bytes.length, 4096), StandardCharsets.UTF_8);
        if (start.replaceAll("(?m)^\\s*//.*$", "").stripLeading().startsWith("{")) {
            return Format.Syntax.JSON;
        }
        return start.lines().anyMatch(line -> line.matches("\\[{1,2}[\\w.\"-]+]{1,2}.*"))
                ? Format.Syntax.TOML
                : Format.Syntax.YAML;
    }

    private static Tree tree(String fileName, byte[] bytes, Format.Syntax syntax) {
        if (bytes.length > MAX_BYTES) {
            throw Malformed.at(fileName, 0, "it is larger than 4 MiB");
        }
        return switch (syntax) {
            case TOML -> TomlTree.read(fileName, bytes, new TreeBuilder());
            case JSON -> JsonTree.read(fileName, bytes);
            case YAML -> YamlTree.read(fileName, text(fileName, bytes));
        };
    }

    private static String text(String fileName, byte[] bytes) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException _) {
            throw Malformed.at(fileName, 0, "it is not UTF-8 text");
        }
    }

    private static final class TreeBuilder implements TomlTree.Builder<Tree> {
        @Override
        public Tree table(int line, Map<String, Tree> entries) {
            return new Tree(line, entries);
        }

        @Override
        public Tree list(int line, List<Tree> items) {
            return new Tree(line, items);
        }

        @Override
        public Tree scalar(int line, Object value) {
            return new Tree(
                    line,
                    switch (value) {
                        case Long number -> BigDecimal.valueOf(number);
                        case Double number when Double.isFinite(number) ->
                                BigDecimal.valueOf(number);
                        case Boolean flag -> flag;
                        default -> value.toString();
                    });
        }
    }
}
