package hal0.slots.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryEditsTest {
    @TempDir Path home;

    private RegistryEdits edits() {
        return new RegistryEdits(home);
    }

    private static RegisteredModel model(String id) {
        return new RegisteredModel(
                id, "/m/" + id + ".gguf", null, null, null, 7, 0, List.of("chat"), null, 0);
    }

    @Test
    void modelIsAddedBehindWhatIsThere() throws Exception {
        write("# Mine\r\n[[model]]\r\nid = \"a\" # first\r\n");
        edits().add(model("b"));
        assertThat(text())
                .isEqualTo(
                        "# Mine\r\n[[model]]\r\nid = \"a\" # first\r\n\r\n[[model]]\r\nid = \"b\"\r\n"
                                + "path = \"/m/b.gguf\"\r\nsize_bytes = 7\r\ncapabilities = [\"chat\"]\r\n");
        assertThat(edits().all()).extracting(RegisteredModel::id).containsExactly("a", "b");
    }

    @Test
    void fileIsMadeWhereThereIsNone() throws Exception {
        edits().add(model("a"));
        assertThat(text()).startsWith("[[model]]\nid = \"a\"\n");
    }

    @Test
    void takenIdIsRefusedAndNothingIsWritten() throws Exception {
        write("[[model]]\nid = \"a\"\n");
        assertThatThrownBy(() -> edits().add(model("a")))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        e -> assertThat(e.problem()).isEqualTo(ModelProblem.ALREADY_EXISTS));
        assertThat(text()).isEqualTo("[[model]]\nid = \"a\"\n");
        assertThatThrownBy(() -> edits().add(model("a b"))).hasMessageContaining("one word");
    }

    @Test
    void whatIsKnownIsPutIntoTheEntryThatIsThere() throws Exception {
        write("[[model]]\nid = \"x\"\n\n[[model]]\nid = \"a\"\nupstream = \"box\" # keep\n");
        edits().put(model("a"));
        assertThat(text())
                .startsWith(
                        "[[model]]\nid = \"x\"\n\n[[model]]\nid = \"a\"\nupstream = \"box\" # keep\n")
                .contains("path = \"/m/a.gguf\"");
        assertThat(edits().all()).hasSize(2);
    }

    @Test
    void removedModelTakesNothingElseWithIt() throws Exception {
        write(
                "# top\n[[model]]\nid = \"a\"\n\n# of b\n[[model]]\nid = \"b\"\n\n[[model]]\nid = \"c\"\n");
        edits().remove("b");
        assertThat(text()).contains("# top", "id = \"a\"", "id = \"c\"").doesNotContain("\"b\"");
        assertThatThrownBy(() -> edits().remove("b"))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        e -> assertThat(e.problem()).isEqualTo(ModelProblem.NOT_FOUND));
        edits().remove("a");
        edits().remove("c");
        assertThat(edits().all()).isEmpty();
    }

    @Test
    void brokenFileIsNeverOverwritten() throws Exception {
        write("[[model]\nid = 1\n");
        assertThatThrownBy(() -> edits().add(model("a"))).hasMessageContaining("models.toml");
        assertThat(text()).isEqualTo("[[model]\nid = 1\n");
        write("[[model]]\nid = \"a\"\n[[model]]\nid = \"a\"\n");
        assertThatThrownBy(() -> edits().remove("a")).hasMessageContaining("registered in line");
    }

    @Test
    void editsAtOnceAreAllKept() {
        RegistryEdits edits = edits();
        IntStream.range(0, 40).parallel().forEach(i -> edits.add(model("m" + i)));
        assertThat(edits.all()).hasSize(40);
    }

    private void write(String toml) throws Exception {
        Files.writeString(home.resolve("models.toml"), toml);
    }

    private String text() throws Exception {
        return Files.readString(home.resolve("models.toml"));
    }
}
