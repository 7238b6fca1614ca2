package hal0.home.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tables as text, put at the end of a file, and read back whole.
class TomlBlockTest {
    @TempDir Path folder;

    private static final class Plain implements TomlTree.Builder<Object> {
        @Override
        public Object table(int line, Map<String, Object> entries) {
            return new LinkedHashMap<>(entries);
        }

        @Override
        public Object list(int line, List<Object> items) {
            return items;
        }

        @Override
        public Object scalar(int line, Object value) {
            return value + "@" + line;
        }
    }

    @Test
    void whatIsWrittenReadsBackWithItsLines() {
        String toml =
                TomlBlock.table("providers", "my box")
                        .set("base_url", "http://a/\"b\"\n")
                        .set("price", new BigDecimal("2E-7"))
                        .set("absent", null)
                        .set("names", List.of("a", "b"))
                        .set("filters", Map.of("include", List.of("x/*")))
                        .toml();
        assertThat(toml).startsWith("[providers.\"my box\"]\n").doesNotContain("absent");
        assertThat(TomlTree.read("f", toml.getBytes(), new Plain()).toString())
                .isEqualTo(
                        "{providers={my box={base_url=http://a/\"b\"\n@2, price=2.0E-7@3, names=[a@4, b@4],"
                                + " filters={include=[x/*@5]}}}}");
    }

    @Test
    void appendingKeepsEveryByteThatIsThere() throws Exception {
        Path file = folder.resolve("config.toml");
        String mine = "# mine\r\n[a]   # odd\r\nx = 1";
        Files.writeString(file, mine);
        TomlEdit.append(file, TomlBlock.table("b").set("y", 2).toml());
        assertThat(Files.readString(file)).isEqualTo(mine + "\r\n\r\n[b]\r\ny = 2\r\n");
        Path fresh = folder.resolve("new/config.toml");
        TomlEdit.append(fresh, TomlBlock.item("route").set("model", "m").toml());
        assertThat(fresh).hasContent("[[route]]\nmodel = \"m\"\n");
    }

    @Test
    void aTableThatIsThereAlreadyIsRefusedAndNothingChanges() throws Exception {
        Path file = Files.writeString(folder.resolve("config.toml"), "[a]\nx = 1\n");
        assertThatThrownBy(() -> TomlEdit.append(file, "[a]\ny = 2\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is already there in line 1");
        assertThat(file).hasContent("[a]\nx = 1\n");
    }
}
