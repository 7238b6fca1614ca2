package hal0.providers.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.Provider;
import hal0.providers.dialect.Feature;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.RequestLine;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.Protocol;
import hal0.providers.message.Reasoning;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a model of OpenAI's own takes, which answers 400 to the rest.
class OpenAiModelsTest {
    private static final Responses RESPONSES = new Responses();
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Pitfall 13: OpenAI answers 400 to a step that the model does not know.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "https://api.openai.com/v1|gpt-4o|-|HIGH|-|0.5",
                "https://api.openai.com/v1|gpt-5|-|NONE|minimal|-",
                "https://api.openai.com/v1|gpt-5.4|-|MAX|xhigh|-",
                "https://api.openai.com/v1|gpt-5.4|10000|-|medium|-",
                "https://x.openai.azure.com/openai/v1|o3|2000|-|low|-",
                "http://h/v1|gpt-4o|-|MAX|max|0.5",
                "http://h/v1|m|2000|-|-|0.5",
            })
    void openAisModelsAreToldWhatTheyTake(
            String base,
            String model,
            @Nullable Integer budget,
            Reasoning.@Nullable Effort effort,
            @Nullable String said,
            @Nullable Double temperature)
            throws IOException {
        Provider provider = Provider.builder("o", Protocol.RESPONSES, URI.create(base)).build();
        Options options =
                Options.builder()
                        .temperature(0.5)
                        .reasoning(new Reasoning(effort, budget, null))
                        .build();
        ChatRequest request = ChatRequest.of("m", List.of(Message.user("hi"))).withOptions(options);
        JsonNode json = JSON.readTree(RESPONSES.encode(provider, model, request));
        assertThat(json.path("reasoning").path("effort").asText(null)).isEqualTo(said);
        JsonNode sent = json.get("temperature");
        assertThat(sent == null ? null : sent.asDouble()).isEqualTo(temperature);
        assertThat(RESPONSES.cannotSay(provider, model).contains(Feature.EFFORT))
                .isEqualTo(effort != null && said == null);
    }

    /// What only this protocol says of thinking is left out where there is none.
    @Test
    void aModelThatDoesNotThinkIsAskedNothingOfIt() throws InvalidRequestException {
        ChatRequest request =
                RESPONSES
                        .read(
                                "{\"model\":\"m\",\"input\":\"hi\",\"reasoning\":{\"effort\":\"low\",\"summary\":\"concise\"}}"
                                        .getBytes(UTF_8),
                                RequestLine.SILENT)
                        .request();
        Provider openAi =
                Provider.builder("o", Protocol.RESPONSES, URI.create("https://api.openai.com/v1"))
                        .build();
        assertThat(new String(RESPONSES.encode(openAi, "gpt-4o", request), UTF_8))
                .doesNotContain("reasoning");
        assertThat(new String(RESPONSES.encode(openAi, "gpt-5", request), UTF_8))
                .contains("\"effort\":\"low\"", "\"summary\":\"concise\"");
    }
}
