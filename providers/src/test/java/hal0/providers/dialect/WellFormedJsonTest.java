package hal0.providers.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A client that cuts text by length leaves half characters; they must not cost the request.
class WellFormedJsonTest {

    @ParameterizedTest
    @CsvSource({
        "a\\uD83D,a\uFFFD",
        "\\uDE00b,\uFFFDb",
        "\\uD83D\\uD83D\\uDE00,\uFFFD\uD83D\uDE00",
        "\\uD83D\\uDE00\\uDE00,\uD83D\uDE00\uFFFD",
        "\\uD83D\\uDE00,\uD83D\uDE00",
        "plain,plain"
    })
    void halvesAreReplacedAndPairsAreKept(String escaped, String written) throws IOException {
        String text = unescaped(escaped);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.requestGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField(text, text);
            json.writeFieldName("raw");
            json.writeRawValue('"' + text + '"');
            json.writeEndObject();
        }
        byte[] body = bytes.toByteArray();
        List<String> read = new ArrayList<>();
        try (JsonParser p = Json.parser(body, 0, body.length)) {
            while (p.nextToken() != null) {
                read.add(p.getText());
            }
        }
        assertThat(read).containsExactly("{", written, written, "raw", written, "}");
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\u", i)) {
                plain.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
                i += 5;
            } else {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }
}
