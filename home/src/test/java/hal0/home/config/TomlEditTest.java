package hal0.home.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TomlEditTest {
    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("config.toml");
    }

    private String set(String before, String path, Object value) throws IOException {
        Files.writeString(file, before);
        TomlEdit.set(file, Map.of(path, value));
        return Files.readString(file);
    }

    private String remove(String before, String path) throws IOException {
        Files.writeString(file, before);
        TomlEdit.remove(file, path);
        return Files.readString(file);
    }

    /// Every kind of line that people write, 100 of them.
    private static String longFile(String lineEnd) {
        StringBuilder text = new StringBuilder("# My configuration\n#\n\n[active]  # now\n");
        text.append("provider = \"deepseek\"   # the cheap one\nmodel='chat'\n\n");
        for (int i = 0; i < 11; i++) {
            text.append("\n# --- provider %d ---\n".formatted(i));
            text.append("[providers.\"p %d\"] # quoted\n".formatted(i));
            text.append("\tbase_url = 'https://x/%d' # tab before\n".formatted(i));
            text.append("model_filters = { include = [ 'a', \"b\" ], exclude=[] }\n");
            text.append("headers.X-Title   =   \"t\"\n");
            text.append("ports = [\n  1, # one\n  2,\n]\n");
        }
        return text.append("# the end, no newline").toString().replace("\n", lineEnd);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void oneLineOfAHundredChangesAndNoOtherByte(String lineEnd) throws IOException {
        String before = longFile(lineEnd);
        assertThat(before.lines().count()).isGreaterThanOrEqualTo(100);

        assertThat(set(before, "active.provider", "groq"))
                .isEqualTo(
                        before.replace(
                                "provider = \"deepseek\"   # the", "provider = \"groq\"   # the"));
        assertThat(set(before, "providers.\"p 7\".headers.X-Title", "new"))
                .isEqualTo(replaceNth(before, "X-Title   =   \"t\"", "X-Title   =   \"new\"", 7));
        assertThat(set(before, "providers.\"p 3\".base_url", "u"))
                .isEqualTo(before.replace("'https://x/3'", "\"u\""));
        assertThat(set(before, "providers.\"p 10\".model_filters.exclude", List.of("z")))
                .isEqualTo(replaceNth(before, "exclude=[]", "exclude=[\"z\"]", 10));
    }

    private static String replaceNth(String text, String from, String to, int n) {
        int at = -1;
        for (int i = 0; i <= n; i++) {
            at = text.indexOf(from, at + 1);
        }
        return text.substring(0, at) + to + text.substring(at + from.length());
    }

    @Test
    void thereAndBackIsTheSameFile() throws IOException {
        String before = longFile("\n");

        set(before, "active.provider", "groq");
        TomlEdit.set(file, Map.of("active.provider", "deepseek"));

        assertThat(file).hasContent(before);
    }

    @Test
    void settingWhatIsThereAlreadyKeepsEvenItsQuotes() throws IOException {
        String before = longFile("\n");

        assertThat(set(before, "active.model", "chat")).isEqualTo(before);
        assertThat(set(before, "providers.\"p 0\".model_filters.include", List.of("a", "b")))
                .isEqualTo(before);
    }

    @Test
    void aNewKeyGoesToItsTable() throws IOException {
        assertThat(set("[active] # a\nprovider = 'x' # b\n\n# r\n[relay]\n", "active.model", "m"))
                .isEqualTo("[active] # a\nprovider = 'x' # b\nmodel = \"m\"\n\n# r\n[relay]\n");
    }

    @Test
    void aNewTableGoesToTheEnd() throws IOException {
        assertThat(set("[relay]\nport = 1\n# tail\n", "active.model", "m"))
                .isEqualTo("[relay]\nport = 1\n# tail\n\n[active]\nmodel = \"m\"\n");
    }

    @Test
    void aCommentedOutKeyIsLeftAlone() throws IOException {
        String after = set("[active]\n# model = \"x\"\n\n[relay]\n", "active.model", "m");

        assertThat(after).startsWith("[active]\n# model = \"x\"\n").endsWith("\n[relay]\n");
        assertThat(after).contains("\nmodel = \"m\"\n");
    }

    @Test
    void aMissingFileAndFolderAreMade() throws IOException {
        Path deep = folder.resolve("new/config.toml");

        TomlEdit.set(deep, Map.of("active.provider", "demo"));

        assertThat(deep).hasContent("[active]\nprovider = \"demo\"\n");
    }

    @Test
    void inlineTablesStayInline() throws IOException {
        assertThat(set("active = { provider = 'x' } # c\n", "active.model", "m"))
                .isEqualTo("active = { provider = 'x', model = \"m\" } # c\n");
    }

    @Test
    void dottedKeysAreFound() throws IOException {
        assertThat(set("active.provider = 'x' # c\nactive . model = 'y'\n", "active.model", "m"))
                .isEqualTo("active.provider = 'x' # c\nactive . model = \"m\"\n");
    }

    @Test
    void aValueOfSeveralLinesIsReplacedWhole() throws IOException {
        assertThat(set("a = [ # x\n 1, # y\n] # z\nb = 1\n", "a", List.of("q")))
                .isEqualTo("a = [\"q\"] # z\nb = 1\n");
        assertThat(set("a = '''\nx\n''' # z\n", "a", true)).isEqualTo("a = true # z\n");
    }

    @Test
    void everyKindOfValueReadsBack() throws IOException {
        String text = "quote \" back \\ tab \t line \n bell \u0007 ü 漢 😀";
        TomlEdit.set(
                file,
                Map.of("s", text, "i", 7, "l", -3L, "d", 0.27, "b", false, "t", List.of("a", "")));

        assertThat(org.tomlj.Toml.parse(file).toMap())
                .containsEntry("s", text)
                .containsEntry("i", 7L)
                .containsEntry("l", -3L)
                .containsEntry("d", 0.27)
                .containsEntry("b", false)
                .hasSize(6);
    }

    @Test
    void namesThatNeedQuotesGetThem() throws IOException {
        String path = TomlEdit.path("providers", "a.b \"c\"", "enabled");
        assertThat(path).isEqualTo("providers.\"a.b \\\"c\\\"\".enabled");

        String after = set("", path, true);

        assertThat(
                        org.tomlj.Toml.parse(after)
                                .getBoolean(List.of("providers", "a.b \"c\"", "enabled")))
                .isTrue();
    }

    @Test
    void aByteOrderMarkIsKept() throws IOException {
        assertThat(set("\uFEFFa = 1\n", "a", 2)).isEqualTo("\uFEFFa = 2\n");
    }

    @Test
    void removingAKeyLeavesTheRest() throws IOException {
        assertThat(remove("[a]\nx = 1 # c\ny = 2 # d\n\n# next\n[b]\n", "a.y"))
                .isEqualTo("[a]\nx = 1 # c\n\n# next\n[b]\n");
    }

    @Test
    void removingATableRemovesWhatIsInIt() throws IOException {
        assertThat(
                        remove(
                                "[providers.a]\nx = 1\n[providers.a.headers]\nH = 'h'\n\n"
                                        + "[providers.b]\ny = 1\n",
                                "providers.a"))
                .isEqualTo("[providers.b]\ny = 1\n");
    }

    @Test
    void removingTheLastOneLeavesNoEmptyParent() throws IOException {
        assertThat(remove("x = 1\n\n[providers.a]\ny = 1\n", "providers.a"))
                .doesNotContain("providers");
        assertThat(remove("[active]\nmodel = 1\n", "active.model")).isEqualTo("[active]\n");
    }

    @Test
    void removingWhatIsNotThereChangesNothing() throws IOException {
        assertThat(remove("a = 1 # c\n", "b.c")).isEqualTo("a = 1 # c\n");
        TomlEdit.remove(folder.resolve("none.toml"), "a");
        assertThat(folder.resolve("none.toml")).doesNotExist();
    }

    @Test
    void aFileThatIsNotTomlIsRefusedAndKept() throws IOException {
        Files.writeString(file, "[active\nmodel = 1\n");

        assertThatThrownBy(() -> TomlEdit.set(file, Map.of("active.model", "m")))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("config.toml:1: column 8: the name of the table");
        assertThat(file).hasContent("[active\nmodel = 1\n");
    }

    @Test
    void aFileThatIsNotUtf8IsRefusedAndKept() throws IOException {
        byte[] before = "# caf\u00e9\n".getBytes(ISO_8859_1);
        Files.write(file, before);

        assertThatThrownBy(() -> TomlEdit.set(file, Map.of("a", 1)))
                .isInstanceOf(ConfigException.class);
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void aPathThroughAValueIsRefusedWithItsLine() throws IOException {
        Files.writeString(file, "# c\nactive = 1\n");

        assertThatThrownBy(() -> TomlEdit.set(file, Map.of("active.model", "m")))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("config.toml:2: active.model: cannot be set");
    }

    @Test
    void aTableIsNeverReplacedByAValue() throws IOException {
        Files.writeString(file, "[active]\nmodel = 'x'\n[[route]]\nmodel = 'y'\n");

        for (String path : List.of("active", "route")) {
            assertThatThrownBy(() -> TomlEdit.set(file, Map.of(path, "m")))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(path + ": is a table");
        }
    }

    @Test
    void valuesThatTomlCannotHoldAreRefusedBeforeAnythingIsWritten() {
        assertThatThrownBy(() -> TomlEdit.set(file, Map.of("a", List.of(1))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(file).doesNotExist();
    }
}
