package hal0.cli.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The lines of a shell that do what a wiring says.
final class ByHand {
    /// Stands for the key, and for the user's cache folder, until a shell reads it.
    static final String KEY = "$HAL0_KEY";

    static final Path FOLDER = Path.of("$HOME/.cache/hal0");

    private static final String HOME = "$HOME/";

    private ByHand() {}

    static String lines(Tool tool, Wiring wiring, List<String> arguments) {
        StringBuilder lines = new StringBuilder();
        lines.append("HAL0_KEY=unused    # or a key, where one is needed: hal0 keys create ")
                .append(tool.name())
                .append('\n');
        for (Map.Entry<Path, String> file : wiring.files().entrySet()) {
            String name = quoted(file.getKey().toString());
            String folder = String.valueOf(file.getKey().getParent());
            lines.append("mkdir -p ").append(quoted(folder)).append('\n');
            lines.append("cat > ").append(name).append(" <<'END'\n");
            lines.append(file.getValue()).append("END\n");
        }
        for (String variable : wiring.unset()) {
            lines.append("unset ").append(variable).append('\n');
        }
        wiring.set()
                .forEach((name, value) ->
                        lines.append("export ")
                                .append(name)
                                .append('=')
                                .append(quoted(value))
                                .append('\n'));
        lines.append(tool.name());
        wiring.arguments().forEach(argument -> lines.append(' ').append(quoted(argument)));
        arguments.forEach(argument -> lines.append(' ').append(literal(argument)));
        return lines.append('\n').toString();
    }

    /// A word in which only what stands for something else is replaced.
    private static String quoted(String word) {
        if (isPlain(word)) {
            return word;
        }
        if (!word.contains(KEY) && !word.contains(HOME)) {
            return literal(word);
        }
        String escaped = word;
        for (String special : List.of("\\", "\"", "`", "$")) {
            escaped = escaped.replace(special, "\\" + special);
        }
        return "\"" + escaped.replace("\\" + KEY, KEY).replace("\\" + HOME, HOME) + "\"";
    }

    private static String literal(String word) {
        return isPlain(word) ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static boolean isPlain(String word) {
        return !word.isEmpty()
                && word.chars()
                        .allMatch(c ->
                                (c >= 'a' && c <= 'z')
                                        || (c >= 'A' && c <= 'Z')
                                        || (c >= '0' && c <= '9')
                                        || "-_./:@%+=,".indexOf(c) >= 0);
    }
}
