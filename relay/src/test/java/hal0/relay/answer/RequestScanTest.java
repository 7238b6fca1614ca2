package hal0.relay.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.providers.http.Body;
import hal0.relay.error.RelayException;
import hal0.relay.forward.Splice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestScanTest {

    @Test
    void onlyTheOutermostModelCounts() {
        RequestScan scan = scan("{\"a\":{\"model\":\"x\"},\"model\":\"gpt\",\"stream\":true}");
        assertThat(scan.model()).isEqualTo("gpt");
        assertThat(scan.stream()).isTrue();
    }

    @Test
    void escapesInTheModelAreResolved() {
        assertThat(scan("{\"model\":\"a\\/b\\u00e9\"}").model()).isEqualTo("a/bé");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "a\\nb", "a\\u007f"})
    void aModelWithAControlCharacterIsRefused(String name) {
        assertRefused(name);
    }

    @Test
    void aModelOf256CharactersPassesAndOneMoreDoesNot() {
        assertThat(scan("{\"model\":\"" + "m".repeat(256) + "\"}").model()).hasSize(256);
        assertRefused("m".repeat(257));
    }

    private static void assertRefused(String model) {
        assertThatThrownBy(() -> scan("{\"model\":\"" + model + "\"}"))
                .isInstanceOfSatisfying(
                        RelayException.class,
                        e -> {
                            assertThat(e.status()).isEqualTo(400);
                            assertThat(e.code()).isEqualTo("request.invalid");
                            assertThat(e.parameter()).isEqualTo("model");
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"messages\":[", "{\"messages\":[{\"a\":", "{\"model\":\"a"})
    void aBodyThatStopsShortSaysSoAndNothingOfTheParser(String body) {
        assertThatThrownBy(() -> scan(body))
                .isInstanceOf(BadBodyException.class)
                .hasMessageStartingWith("the body ends before its JSON does (line 1, column ")
                .hasMessageNotContaining("Source");
    }

    @Test
    void aFormIsCalledAForm() {
        assertThatThrownBy(() -> scan("--x\r\nContent-Disposition: form-data\r\n\r\n"))
                .isInstanceOf(BadBodyException.class)
                .hasMessageContaining("the body is a form; a JSON object is expected");
    }

    @Test
    void twoModelsAreRefusedBecauseParsersDisagreeOnWhichCounts() {
        assertThatThrownBy(() -> scan("{\"model\":\"a\",\"model\":\"b\"}"))
                .isInstanceOf(BadBodyException.class)
                .hasMessageContaining("model stands twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "[]",
                "\"x\"",
                "{",
                "{\"model\":\"gpt\"",
                "{\"model\":\"gpt\"} x",
                "{\"model\":\"gpt\"}{}",
                "{\"model\":3}",
                "{'model':'gpt'}",
                "{\"model\":\"gpt\",}",
                "<html></html>"
            })
    void whatIsNotOneWholeObjectIsRefusedWithItsPlace(String body) {
        assertThatThrownBy(() -> scan(body))
                .isInstanceOf(BadBodyException.class)
                .hasMessageMatching("(?s).*\\(line \\d+, column \\d+\\)");
    }

    @Test
    void halfABodySaysWhereItEnds() {
        assertThatThrownBy(() -> scan("{\n  \"model\": \"gp"))
                .isInstanceOf(BadBodyException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] body = "{\"model\":\"gpt\",\"x\":\"..\"}".getBytes(UTF_8);
        body[20] = (byte) 0xc3;
        body[21] = (byte) 0x28;
        assertThatThrownBy(() -> RequestScan.of(body))
                .isInstanceOf(BadBodyException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void utf16IsRefused() {
        assertThatThrownBy(() ->
                        RequestScan.of("{\"model\":\"x\"}".getBytes(StandardCharsets.UTF_16LE)))
                .isInstanceOf(BadBodyException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void aStringOfThirtyMegabytesPasses() {
        String large = "x".repeat(30 * 1024 * 1024);
        RequestScan scan = scan("{\"messages\":[\"" + large + "\"],\"model\":\"gpt\"}");
        assertThat(scan.model()).isEqualTo("gpt");
    }

    /// What is spliced in changes nothing else, wherever things stand.
    @Nested
    class Spliced {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '^',
                value = {
                    "{\"model\":\"p/gpt\",\"x\":1}|{\"model\":\"gpt\",\"x\":1}",
                    "{ \"x\" : 1 ,\t\"model\" : \"p/gpt\" }|{ \"x\" : 1 ,\t\"model\" : \"gpt\" }",
                    "{\"x\":\"é\",\"model\":\"p/\\u0067pt\",\"y\":\"日本\"}|{\"x\":\"é\",\"model\":\"gpt\",\"y\":\"日本\"}",
                    "{\"x\":1}|{\"model\":\"gpt\",\"x\":1}",
                    "{}|{\"model\":\"gpt\"}",
                    "{ }|{\"model\":\"gpt\" }",
                    "{\"model\":\"gpt\"}|{\"model\":\"gpt\"}",
                })
        void theModel(String body, String expected) {
            assertThat(text(splice(body).model(scan(body), "gpt").toBody("application/json")))
                    .isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '^',
                value = {
                    "{\"stream\":true}|{\"stream_options\":{\"include_usage\":true},\"stream\":true}",
                    "{\"stream_options\":{}}|{\"stream_options\":{\"include_usage\":true}}",
                    "{\"stream_options\":{ }}|{\"stream_options\":{\"include_usage\":true }}",
                    "{\"stream_options\":null}|{\"stream_options\":{\"include_usage\":true}}",
                    "{\"stream_options\":{\"include_usage\":false}}|{\"stream_options\":{\"include_usage\":true}}",
                    "{\"stream_options\":{\"x\":1}}|{\"stream_options\":{\"include_usage\":true,\"x\":1}}",
                })
        void theWishForUsage(String body, String expected) {
            assertThat(text(splice(body).askForUsage(scan(body)).toBody("application/json")))
                    .isEqualTo(expected);
        }

        @Test
        void both() {
            String body = "{\"model\":\"p/gpt\",\"stream\":true}";
            RequestScan scan = scan(body);
            Body spliced =
                    splice(body).model(scan, "gpt").askForUsage(scan).toBody("application/json");
            assertThat(text(spliced))
                    .isEqualTo(
                            "{\"stream_options\":{\"include_usage\":true},\"model\":\"gpt\",\"stream\":true}");
            assertThat(spliced.length()).isEqualTo(text(spliced).length());
        }

        @Test
        void aNameThatNeedsEscapes() {
            String body = "{\"model\":\"x\"}";
            Body spliced = splice(body).model(scan(body), "a\"b\\c").toBody("application/json");
            assertThat(text(spliced)).isEqualTo("{\"model\":\"a\\\"b\\\\c\"}");
        }

        private static Splice splice(String body) {
            return new Splice(body.getBytes(UTF_8));
        }
    }

    private static RequestScan scan(String body) {
        return RequestScan.of(body.getBytes(UTF_8));
    }

    private static String text(Body body) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (Body.Slice slice : body.slices()) {
            joined.write(slice.bytes(), slice.offset(), slice.length());
        }
        return joined.toString(UTF_8);
    }
}
