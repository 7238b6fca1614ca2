package hal0.providers.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.Provider;
import hal0.providers.client.Dialects;
import hal0.providers.error.ProviderException;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.Protocol;
import hal0.providers.message.Role;
import hal0.providers.message.Tool;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TokenCountingTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final URI BASE = URI.create("https://h");

    private static Provider provider(Protocol protocol) {
        return Provider.builder("acme", protocol, BASE).build();
    }

    private static TokenCounting counting(Protocol protocol) {
        return (TokenCounting) Dialects.of(protocol);
    }

    private static JsonNode asked(Protocol protocol) throws IOException {
        ChatRequest request =
                new ChatRequest(
                        "m",
                        List.of(Message.system("s"), Message.user("hi")),
                        List.of(new Tool("ls", null, "{\"type\":\"object\"}")),
                        Options.DEFAULT.withMaxTokens(9).withTemperature(0.5),
                        true);
        return JSON.readTree(counting(protocol).encodeCount(provider(protocol), "claude", request));
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC,/v1/messages/count_tokens,input_tokens",
        "GEMINI,/v1beta/models/m:countTokens,totalTokens",
        "RESPONSES,/responses/input_tokens,input_tokens"
    })
    void aCountIsAskedForAndRead(Protocol protocol, String path, String field) {
        TokenCounting counting = counting(protocol);
        AnswerErrors errors =
                new AnswerErrors(provider(protocol), "m", List.of(), InstantSource.system());
        assertThat(counting.countPath(BASE, "m")).isEqualTo(path);
        byte[] answer =
                "{\"other\":{\"%s\":1},\"%s\":1234}".formatted(field, field).getBytes(UTF_8);
        assertThat(counting.readCount(answer, errors)).isEqualTo(1234);
        for (String bad : List.of("", "{}", "[1]", "{\"" + field + "\":\"many\"}")) {
            assertThatThrownBy(() -> counting.readCount(bad.getBytes(UTF_8), errors))
                    .as(bad)
                    .isInstanceOf(ProviderException.BadStream.class);
        }
    }

    /// What a provider of a protocol is asked, a server of it understands, and its answer counts.
    @ParameterizedTest
    @EnumSource(
            value = Protocol.class,
            names = {"ANTHROPIC", "GEMINI", "RESPONSES"})
    void aServerUnderstandsWhatAProviderIsAsked(Protocol protocol)
            throws IOException, InvalidRequestException {
        TokenCounting.Served server = (TokenCounting.Served) Dialects.of(protocol);
        ChatRequest read =
                server.readCountRequest(JSON.writeValueAsBytes(asked(protocol)), RequestLine.SILENT)
                        .request();
        assertThat(read.model()).isEqualTo("claude");
        assertThat(read.messages())
                .extracting(Message::role)
                .containsExactly(Role.SYSTEM, Role.USER);
        assertThat(read.tools()).extracting(Tool::name).containsExactly("ls");
        AnswerErrors errors =
                new AnswerErrors(provider(protocol), "m", List.of(), InstantSource.system());
        assertThat(counting(protocol).readCount(server.writeCount(1234), errors)).isEqualTo(1234);
    }

    /// As Google's SDKs ask: the model in the address, nothing but contents in the body.
    @Test
    void geminiCountsContentsAlone() throws InvalidRequestException {
        TokenCounting.Served server = (TokenCounting.Served) Dialects.of(Protocol.GEMINI);
        String body = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}";
        ReadRequest read =
                server.readCountRequest(body.getBytes(UTF_8), new RequestLine("m", false));
        assertThat(read.request().messages()).containsExactly(Message.user("hi"));
        assertThat(read.ignored()).isEmpty();
        assertThatThrownBy(() ->
                        server.readCountRequest(
                                "{\"generateContentRequest\":{\"contents\":7}}".getBytes(UTF_8),
                                new RequestLine("m", false)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("generateContentRequest.contents");
    }

    /// The endpoint refuses fields that it does not know.
    @Test
    void anthropicIsAskedWithoutWhatShapesTheAnswer() throws IOException {
        assertThat(asked(Protocol.ANTHROPIC).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("model", "system", "tools", "messages");
    }

    @Test
    void geminiIsAskedForTheWholeRequest() throws IOException {
        JsonNode request = asked(Protocol.GEMINI).path("generateContentRequest");
        assertThat(request.path("model").asText()).isEqualTo("models/claude");
        assertThat(request.has("contents")).isTrue();
        assertThat(request.has("systemInstruction")).isTrue();
        assertThat(request.has("tools")).isTrue();
    }
}
