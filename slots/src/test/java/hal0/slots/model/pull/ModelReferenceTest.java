package hal0.slots.model.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import hal0.slots.model.pull.ModelReference.HuggingFace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelReferenceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    hf:org/repo                    | org/repo   | main      |                 |
                    hf:org/repo:Q4_K_M             | org/repo   | main      |                 | Q4_K_M
                    hf:o-1/r_2.3/file.gguf         | o-1/r_2.3  | main      | file.gguf       |
                    hf:org/repo/Q8_0/a-b.gguf      | org/repo   | main      | Q8_0/a-b.gguf   |
                    hf:org/repo@v1.0/file.gguf     | org/repo   | v1.0      | file.gguf       |
                    hf:org/repo@refs%2Fpr%2F1:Q4_0 | org/repo   | refs/pr/1 |                 | Q4_0
                    """)
    void formsOfHuggingFaceAreRead(
            String text, String repository, String revision, String file, String quantization) {
        ModelReference reference = ModelReference.parse(text);
        assertThat(reference).isEqualTo(new HuggingFace(repository, revision, file, quantization));
        assertThat(reference.text()).isEqualTo(text);
        assertThat(ModelReference.parse(reference.text())).isEqualTo(reference);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://huggingface.co/org/repo/resolve/main/file.gguf",
                "https://huggingface.co/org/repo/resolve/main/file.gguf?download=true",
                "https://hf.co/org/repo/blob/main/file.gguf"
            })
    void addressOfAFileThereIsTakenForIt(String url) {
        assertThat(ModelReference.parse(url))
                .isEqualTo(new HuggingFace("org/repo", "main", "file.gguf", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "qwen3-4b",
                "hf:repo",
                "hf:org/repo/",
                "hf:org/repo@/x.gguf",
                "hf:org/..",
                "hf:../../etc",
                "hf:org/repo/../../../etc/passwd",
                "hf:org/repo/a/../b.gguf",
                "hf:org/repo//etc/passwd",
                "hf:org/repo/.hidden.gguf",
                "hf:org/repo/a\\..\\b.gguf",
                "hf:org/repo/a\nb.gguf",
                "hf:org/repo/a\u009b2Jb.gguf",
                "hf:org/repo@../x/file.gguf",
                "hf:or--g/repo",
                "file:///etc/passwd",
                "ftp://host/x.gguf",
                "https://",
                "https://host",
                "https://host/",
                "https://host/a b.gguf",
                "https://host/..",
                "https://host/.gguf",
                "https://host/a%2F..%2F..%2Fb%5Cc.gguf/..%2f",
                "https://me:s3cret@host/x.gguf"
            })
    void whatLeadsElsewhereIsRefused(String text) {
        assertThatThrownBy(() -> ModelReference.parse(text))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        e -> assertThat(e.problem()).isEqualTo(ModelProblem.INVALID))
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void encodedSlashesNameNoOtherFolder() {
        assertThatThrownBy(() -> ModelReference.parse("https://host/%2e%2e%2fx.gguf%2F"))
                .isInstanceOf(ModelException.class);
        assertThat(FileNames.last("/a/b.gguf")).isEqualTo("b.gguf");
        assertThatThrownBy(() -> FileNames.check("x/" + "a".repeat(241)))
                .isInstanceOf(ModelException.class);
    }

    @Test
    void usualQuantizationIsChosenWhereNobodySays() {
        assertThat(choose(null, "m-Q8_0.gguf", "m-Q4_K_M.gguf")).isEqualTo("m-Q4_K_M.gguf");
        assertThat(choose(null, "README.md", "mmproj-m.gguf", "m-Q8_0.gguf"))
                .isEqualTo("m-Q8_0.gguf");
        assertThatThrownBy(() -> choose(null, "m-Q8_0.gguf", "m-Q6_K.gguf"))
                .hasMessageContaining("no Q4_K_M")
                .hasMessageContaining("m-Q6_K.gguf, m-Q8_0.gguf");
    }

    @Test
    void quantizationIsAWordOfItsOwn() {
        List<String> files =
                List.of(
                        "m-IQ4_XS.gguf",
                        "m-Q4_K_S.gguf",
                        "m.Q4_K_M.gguf",
                        "m-UD-Q4_K_M.gguf",
                        "mmproj-Q4_K_M.gguf");
        assertThat(choose("q4_k_m", files)).isEqualTo("m.Q4_K_M.gguf");
        assertThat(choose("UD-Q4_K_M", files)).isEqualTo("m-UD-Q4_K_M.gguf");
        assertThatThrownBy(() -> choose("Q4_K", files)).hasMessageContaining("has no Q4_K");
        assertThat(
                        choose(
                                "Q4_K_M",
                                "x/UD-Q4_K_M/m-UD-Q4_K_M-00001-of-00002.gguf",
                                "x/UD-Q4_K_M/m-UD-Q4_K_M-00002-of-00002.gguf"))
                .endsWith("00001-of-00002.gguf");
    }

    @Test
    void namesThatLeadElsewhereOrMoveTheCursorAreNotEvenNamed() {
        assertThatThrownBy(() ->
                        choose("Q9", "../../x-Q9.gguf", "a\u001b[2J-Q9.gguf", "good-Q8_0.gguf"))
                .hasMessageContaining("there is good-Q8_0.gguf")
                .message()
                .doesNotContain("\u001b", "..");
    }

    @Test
    void severalThatFitAreNamed() {
        assertThatThrownBy(() -> choose("Q4_0", "a-Q4_0.gguf", "b-Q4_0.gguf"))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        e -> assertThat(e.problem()).isEqualTo(ModelProblem.AMBIGUOUS))
                .hasMessageContaining("a-Q4_0.gguf, b-Q4_0.gguf");
    }

    private static String choose(String quantization, String... files) {
        return choose(quantization, List.of(files));
    }

    private static String choose(String quantization, List<String> files) {
        return Quantizations.choose(new HuggingFace("o/r", "main", null, quantization), files);
    }
}
