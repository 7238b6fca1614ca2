package hal0.home.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxErrorTest {
    private static List<String> problems(String text) {
        Settings settings = Settings.of("c.toml", text, Sections.ALL);
        assertThat(settings.usable()).isFalse();
        assertThat(settings.get(Sections.RELAY).port()).isEqualTo(8080);
        return settings.problems().stream().map(ConfigProblem::toString).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "a = | 1: column 4: the value is missing (for example key = \"text\")",
                "a = tru | 1: column 5: this is not a value (text goes in double quotes: key ="
                        + " \"text\")",
                "a = True | 1: column 5: this is not a value (write true or false in small"
                        + " letters)",
                "a = \"abc | 1: column 9: the text is not closed (end it with the quote that it"
                        + " begins with)",
                "a = 'abc | 1: column 9: the text is not closed (end it with the quote that it"
                        + " begins with)",
                "a = [1, | 2: column 1: the list that begins in line 1 is not closed (end it with"
                        + " ])",
                "a = {b = 1 | 2: column 1: the table that begins in line 1 is not closed (end it"
                        + " with })",
                "a = [1 2] | 1: column 8: there is no comma between two items of the list (write"
                        + " [\"a\", \"b\"])",
                "foo | 1: column 4: there is no = after the key (write key = value)",
                "a: 1 | 1: column 2: there is no = after the key (write key = value)",
                "a b = 1 | 1: column 3: there is no = after the key (write key = value)",
                "[relay | 1: column 7: the name of the table is not closed (write [name] or"
                        + " [[name]])",
                "[[a] | 1: column 4: the name of the table is not closed (write [name] or"
                        + " [[name]])",
                "a = 1 2 | 1: column 7: there is something after the value (text goes in double"
                        + " quotes, a comment begins with #)",
                "<html> | 1: column 1: this is no line of TOML (write key = value, [table], or #"
                        + " and a comment)",
                "a = \"C:\\users\" | 1: column 8: a backslash has a special meaning between double"
                        + " quotes (write \\\\, or put the text in single quotes: 'C:\\folder')",
                "a = 99999999999999999999 | 1: column 5: integer is too large",
            })
    void mistakesAreExplained(String line, String problem) {
        assertThat(problems(line + "\n")).containsExactly("c.toml:" + problem);
    }

    @Test
    void aRepeatedKeyNamesBothLines() {
        assertThat(problems("[relay]\nport = 1\nport = 2\n"))
                .containsExactly(
                        "c.toml:3: port: is already there in line 2 (remove one of the two)");
    }

    @Test
    void aRepeatedTableNamesBothLines() {
        assertThat(problems("[relay]\n\n[relay]\n"))
                .containsExactly(
                        "c.toml:3: relay: is already there in line 1 (remove one of the two)");
    }

    @Test
    void aValueCannotBecomeATable() {
        assertThat(problems("relay = 1\n[relay.x]\n"))
                .containsExactly(
                        "c.toml:2: relay: is a single value in line 1, so it cannot be a table too"
                                + " (remove one of the two)");
    }

    @Test
    void everyBrokenLineIsReported() {
        assertThat(problems("a = \n[relay]\nport = 1\nhost = localhost\n"))
                .containsExactly(
                        "c.toml:1: column 5: the value is missing (for example key = \"text\")",
                        "c.toml:4: column 8: this is not a value (text goes in double quotes: key"
                                + " = \"text\")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api_key = sk-abc123",
                "api_key = \"sk-abc123\" sk-abc123",
                "api_key = \"sk-abc123",
                "api_key = [ \"x\" sk-abc123 ]",
                "api_key = { k = sk-abc123 }",
                "api_key = 12sk-abc123",
                "api_key = 0xsk-abc123",
                "sk-abc123",
                "[sk-abc123 sk-abc123",
            })
    void nothingOfTheTextIsRepeated(String line) {
        assertThat(problems(line + "\n").toString()).doesNotContain("abc");
    }
}
