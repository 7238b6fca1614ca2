package hal0.agent.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.agent.tool.ToolOutcome;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Part;
import org.junit.jupiter.api.Test;

class ResultContentTest {
    private static ToolOutcome of(String json) throws Exception {
        return ResultContent.of(new ObjectMapper().readTree(json));
    }

    @Test
    void pictureGoesToTheModelAsAPicture() throws Exception {
        ToolOutcome outcome =
                of(
                        """
                        {"content":[{"type":"text","text":"see"},{"type":"image","mimeType":"image/png","data":"QUJD"}]}\
                        """);
        assertThat(outcome.content())
                .containsExactly(
                        new Part.Text("see"),
                        new Part.Image(new MediaSource.Base64("image/png", "QUJD")));
    }

    @Test
    void whatNoModelTakesIsNamedInstead() throws Exception {
        assertThat(
                        of("""
                        {"content":[{"type":"audio","mimeType":"audio/wav","data":"QUJD"},
                        {"type":"image","mimeType":"image/tiff","data":"QUJD"},
                        {"type":"resource_link","name":"log","uri":"file:///l","mimeType":"text/plain"},
                        {"type":"resource","resource":{"uri":"db://x","mimeType":"application/zip","blob":"QUJD"}},
                        {"type":"hologram"}]}\
                        """)
                                .text()
                                .lines())
                .containsExactly(
                        "[audio, audio/wav, 3 bytes, left out]",
                        "[image of type image/tiff, left out]",
                        "[resource log: file:///l, text/plain]",
                        "[resource db://x, application/zip, 3 bytes, left out]",
                        "[hologram, which hal0 does not know]");
    }

    @Test
    void textOfAResourceIsThere() throws Exception {
        assertThat(
                        of("""
                        {"content":[{"type":"resource","resource":{"uri":"db://x","text":"row"}}]}\
                        """)
                                .text())
                .isEqualTo("[resource db://x]\nrow");
    }

    @Test
    void structuredContentStandsInForMissingText() throws Exception {
        assertThat(of("{\"structuredContent\":{\"sum\":3}}").text()).isEqualTo("{\"sum\":3}");
        assertThat(
                        of("""
                        {"content":[{"type":"text","text":"three"}],"structuredContent":{"sum":3}}\
                        """)
                                .text())
                .isEqualTo("three");
    }

    @Test
    void emptyResultSaysSo() throws Exception {
        assertThat(of("{\"content\":[]}").text()).isEqualTo("(no output)");
        assertThat(of("{\"content\":[],\"isError\":true}").failed()).isTrue();
    }

    @Test
    void longTextIsNotCutInsideACharacter() throws Exception {
        String faces = "🙂".repeat(40_000);
        String text =
                of("{\"content\":[{\"type\":\"text\",\"text\":\"x%s\"}]}".formatted(faces)).text();
        assertThat(text).hasSizeLessThan(ResultContent.MOST_TEXT + 100).contains("left out");
        assertThat(text.codePoints().filter(c -> c >= 0xD800 && c <= 0xDFFF)).isEmpty();
    }

    @Test
    void hugePictureIsLeftOutByName() throws Exception {
        String data = "A".repeat((5 << 20) + 4);
        ToolOutcome outcome =
                of(
                        "{\"content\":[{\"type\":\"image\",\"mimeType\":\"image/png\",\"data\":\"%s\"}]}"
                                .formatted(data));
        assertThat(outcome.text()).contains("image of 3840 KB, left out");
        assertThat(outcome.content()).hasSize(1);
    }
}
