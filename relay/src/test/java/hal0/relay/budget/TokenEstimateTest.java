package hal0.relay.budget;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.message.ChatRequest;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Message;
import hal0.providers.message.Part;
import hal0.providers.message.Role;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenEstimateTest {
    @Test
    void fourBytesAreAToken() {
        assertThat(TokenEstimate.of(ascii("word ".repeat(400)))).isEqualTo(500);
    }

    @Test
    void anEncodedPictureCountsAsAPictureHoweverLongItIs() {
        byte[] body = ascii("{\"data\":\"" + "iVBORw0KGgo+/A".repeat(100_000) + "\"}");

        assertThat(TokenEstimate.of(body)).isBetween(1_600L, 1_610L);
    }

    @Test
    void aRequestInNeutralWordsIsCountedLikeItsBytes() {
        ChatRequest request =
                ChatRequest.of(
                        "m",
                        List.of(
                                Message.system("x".repeat(400)),
                                new Message(
                                        Role.USER,
                                        List.of(
                                                new Part.Text("y".repeat(400)),
                                                new Part.Image(
                                                        new MediaSource.Base64(
                                                                "image/png",
                                                                "A".repeat(9_000)))))));

        assertThat(TokenEstimate.of(request)).isEqualTo(200 + 1_600);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
