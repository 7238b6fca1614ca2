package hal0.home.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tomlj.Toml;

/// Files made by chance from the ways in which people write TOML; the seed is the name of the case.
class TomlEditPropertyTest {
    @TempDir Path folder;

    /// One line that holds a value: the path to it, and the line around its value.
    private record Line(int index, String path, String before, String value, String after) {
        String with(String other) {
            return before + other + after;
        }
    }

    private static final class Made {
        final List<String> lines = new ArrayList<>();
        final List<Line> values = new ArrayList<>();
        final Random random;

        Made(long seed) {
            random = new Random(seed);
            for (int t = 0; t < 2 + random.nextInt(5); t++) {
                table(t);
            }
        }

        private void table(int t) {
            String name =
                    pick("t" + t, "\"a b%d\"".formatted(t), "'x.y%d'".formatted(t), "o.t" + t);
            noise();
            lines.add(pick("", "  ") + "[" + name + "]" + pick("", " # head", "\t"));
            for (int k = 0; k < 1 + random.nextInt(5); k++) {
                noise();
                value(name, "k" + k);
            }
        }

        private void noise() {
            while (random.nextInt(3) == 0) {
                lines.add(pick("", "# comment", "   # [not.a.table]", "#k0 = 1", "\t"));
            }
        }

        private void value(String table, String key) {
            String path = table + "." + key;
            String before = pick("", "  ", "\t") + key + pick("=", " = ", "   =\t");
            String after = pick("", "  ", " # why", "\t# \"quoted\" # twice");
            switch (random.nextInt(3)) {
                case 0 -> {
                    path += ".in";
                    before += "{ other = [1, 2], in = ";
                    after = pick(" }", "}", ", last = 'x' }") + after;
                }
                case 1 -> {
                    path += ".\"d e\"";
                    before = before.replaceFirst("k(\\d)", "k$1 . \"d e\"");
                }
                default -> {}
            }
            String value =
                    pick("1", "'lit'", "\"bas\\\"ic\"", "true", "1.50", "[ 'a',\"b\" ]", "0xff");
            Line line = new Line(lines.size(), path, before, value, after);
            values.add(line);
            lines.add(line.with(value));
        }

        private String pick(String... choices) {
            return choices[random.nextInt(choices.length)];
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void oneValueChangesAndNoOtherByte(long seed) throws Exception {
        Made made = new Made(seed);
        String lineEnd = made.pick("\n", "\r\n");
        String last = made.pick("", lineEnd);
        Line target = made.values.get(made.random.nextInt(made.values.size()));
        Path file = Files.writeString(folder.resolve("c.toml"), text(made.lines, lineEnd, last));

        TomlEdit.set(file, Map.of(target.path(), "n\"ew"));

        made.lines.set(target.index(), target.with("\"n\\\"ew\""));
        assertThat(Files.readString(file)).isEqualTo(text(made.lines, lineEnd, last));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aNewKeyAddsLinesAndChangesNone(long seed) throws Exception {
        Made made = new Made(seed);
        String table = made.values.getFirst().path().replaceFirst("\\.k\\d.*", "");
        String before = text(made.lines, "\n", "\n");
        Path file = Files.writeString(folder.resolve("c.toml"), before);

        TomlEdit.set(file, Map.of(table + ".fresh", List.of("v"), "brand.new", 7));

        List<String> left = new ArrayList<>(Files.readAllLines(file));
        assertThat(Toml.parse(file).getLong("brand.new")).isEqualTo(7);
        assertThat(Toml.parse(file).getArray(table + ".fresh").toList()).isEqualTo(List.of("v"));
        left.removeIf(line ->
                line.contains("fresh = ") || line.contains("brand") || line.contains("new = 7"));
        left.removeIf(String::isBlank);
        assertThat(left).isEqualTo(made.lines.stream().filter(line -> !line.isBlank()).toList());
    }

    private static String text(List<String> lines, String lineEnd, String last) {
        return String.join(lineEnd, lines) + last;
    }
}
