package hal0.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsTest {
    private static final List<List<String>> ROWS =
            List.of(
                    List.of("ID", "BASE URL", "STATUS", "MESSAGE"),
                    List.of("groq", "https://api.groq.com/openai/v1", "ok", ""),
                    List.of("ollama", "http://127.0.0.1:11434/v1", "no", "nothing answers there"));

    @Test
    void whatFitsIsOneLineARow() {
        assertThat(Columns.lines(ROWS, 80))
                .containsExactly(
                        "ID      BASE URL                        STATUS  MESSAGE",
                        "groq    https://api.groq.com/openai/v1  ok",
                        "ollama  http://127.0.0.1:11434/v1       no      nothing answers there");
    }

    @Test
    void whatDoesNotFitFollowsIndentedAndEmptyLinesAreLeftOut() {
        assertThat(Columns.lines(ROWS, 40))
                .containsExactly(
                        "ID      BASE URL",
                        "    STATUS  MESSAGE",
                        "groq    https://api.groq.com/openai/v1",
                        "    ok",
                        "ollama  http://127.0.0.1:11434/v1",
                        "    no      nothing answers there");
    }

    @Test
    void theLastColumnIsBrokenBetweenWords() {
        List<List<String>> rows =
                List.of(List.of("ID", "MESSAGE"), List.of("x", "the key was not checked at all"));
        assertThat(Columns.lines(rows, 28))
                .containsExactly("ID  MESSAGE", "x   the key was not checked", "    at all");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 30, 44, 79})
    void noLineIsWiderThanTheScreenAndNothingIsLost(int width) {
        List<String> lines = Columns.lines(ROWS, width);
        assertThat(lines).allMatch(line -> line.length() <= width);
        assertThat(String.join("", lines).replace(" ", ""))
                .contains("https://api.groq.com/openai/v1", "nothinganswersthere");
    }

    @ParameterizedTest
    @CsvSource({"'24 80\n', 80", "'0 0\n', 2147483647", "'', 2147483647"})
    void theSizeThatSttyTellsIsRowsAndColumns(String told, int width) {
        assertThat(TerminalWidth.parse(told)).isEqualTo(width);
    }
}
