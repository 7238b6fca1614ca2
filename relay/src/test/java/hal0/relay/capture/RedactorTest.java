package hal0.relay.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RedactorTest {
    private static final String KEY = "sk-secret-0123456789";

    private final Redactor redactor = new Redactor(List.of(KEY));

    @Test
    void aKeyIsTakenOutWhereverItsBytesAreCut() {
        byte[] text = ("é before " + KEY + " after sk-sec").getBytes(UTF_8);
        for (int cut = 0; cut <= text.length; cut++) {
            Redactor.Pieces pieces = redactor.new Pieces();
            StringBuilder shown = new StringBuilder();
            byte[][] parts = {
                pieces.shown(text, 0, cut),
                pieces.shown(text, cut, text.length - cut),
                pieces.rest()
            };
            int length = 0;
            for (byte[] part : parts) {
                length += part.length;
            }
            byte[] all = new byte[length];
            int at = 0;
            for (byte[] part : parts) {
                System.arraycopy(part, 0, all, at, part.length);
                at += part.length;
            }
            shown.append(new String(all, UTF_8));

            assertThat(shown.toString()).isEqualTo("é before ***REDACTED*** after sk-sec");
        }
    }

    @Test
    void whatAHeaderOrAnAddressCarriesAsAKeyIsNeverShownAgain() {
        assertThat(redactor.header("Authorization", "Bearer hal0-other-key"))
                .isEqualTo("***REDACTED***");
        assertThat(
                        redactor.target(
                                "POST https://x/v1beta/m:generate?alt=sse&key=AIzaSomething&a=b"))
                .isEqualTo("POST https://x/v1beta/m:generate?alt=sse&key=***REDACTED***&a=b");
        assertThat(redactor.text("Incorrect key: hal0-other-key, AIzaSomething"))
                .isEqualTo("Incorrect key: ***REDACTED***, ***REDACTED***");
        assertThat(redactor.header("Content-Type", "text/plain")).isEqualTo("text/plain");
    }
}
