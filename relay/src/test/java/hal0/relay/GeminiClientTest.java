package hal0.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent.Done;
import hal0.providers.event.StreamEvent.TextDelta;
import hal0.providers.message.Protocol;
import hal0.relay.testing.RawClient;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import hal0.relay.testing.SpokenUpstream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What Google's own clients see, whoever answers.
class GeminiClientTest {
    private static final String BODY =
            "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}";

    @TempDir private Path folder;
    private final SpokenUpstream google = new SpokenUpstream(Protocol.GEMINI);
    private final SpokenUpstream other = new SpokenUpstream(Protocol.OPENAI);
    private RelayFixture relay;

    @BeforeEach
    void start() {
        relay =
                new RelayFixture(
                        folder,
                        Setup.of(
                                google.provider("google").build(),
                                other.provider("other").build()));
    }

    @AfterEach
    void stop() {
        relay.close();
        google.close();
        other.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "other"})
    void withoutAltSseAStreamIsOneArray(String provider) throws Exception {
        (provider.equals("google") ? google : other)
                .says(new TextDelta("Grü"), new TextDelta("ße"), new Done(StopReason.END));

        RawClient.Answer answer =
                relay.ask(
                        RawClient.post(
                                "/v1beta/models/" + provider + "%2Fm:streamGenerateContent", BODY));

        assertThat(answer.header("Content-Type")).hasValue("application/json; charset=UTF-8");
        JsonNode elements = new ObjectMapper().readTree(answer.body());
        assertThat(elements.isArray()).isTrue();
        StringBuilder text = new StringBuilder();
        elements.forEach(one -> text.append(one.at("/candidates/0/content/parts/0/text").asText()));
        assertThat(text).hasToString("Grüße");
    }

    @Test
    void aFailureIsTheLastElementOfTheArray() throws Exception {
        other.streams(
                "data: {\"choices\":[{\"delta\":{\"content\":\"Hal\"}}]}\n\ndata: {\"error\":{\"message\":\"all busy\",\"code\":503}}\n\n");

        RawClient.Answer answer =
                relay.ask(RawClient.post("/v1beta/models/other%2Fm:streamGenerateContent", BODY));

        JsonNode elements = new ObjectMapper().readTree(answer.body());
        assertThat(elements.get(elements.size() - 1).at("/error/status").asText())
                .isEqualTo("UNAVAILABLE");
        assertThat(elements.get(elements.size() - 1).at("/error/message").asText())
                .contains("all busy");
    }

    @Test
    void anErrorBeforeTheStreamIsTheWholeAnswer() throws Exception {
        other.answers(404, "{\"error\":{\"message\":\"no such model\"}}");

        RawClient.Answer answer =
                relay.ask(RawClient.post("/v1beta/models/other%2Fm:streamGenerateContent", BODY));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("x-hal0-origin")).hasValue("upstream");
        assertThat(new ObjectMapper().readTree(answer.body()).at("/error/status").asText())
                .isEqualTo("NOT_FOUND");
    }
}
