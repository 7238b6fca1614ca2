package hal0.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.Provider;
import hal0.providers.message.Protocol;
import hal0.relay.testing.RawClient;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import hal0.relay.testing.SpokenUpstream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A client learns how many tokens its request has, from who counts them, or as a guess that says
/// it is one.
class CountTokensTest {
    @TempDir private Path folder;
    private final Map<Protocol, SpokenUpstream> upstreams = new EnumMap<>(Protocol.class);
    private RelayFixture relay;

    @BeforeEach
    void start() {
        for (Protocol protocol : Protocol.values()) {
            upstreams.put(protocol, new SpokenUpstream(protocol));
        }
        relay =
                new RelayFixture(
                        folder,
                        Setup.of(
                                upstreams.entrySet().stream()
                                        .map(entry ->
                                                entry.getValue()
                                                        .provider(id(entry.getKey()))
                                                        .build())
                                        .toArray(Provider[]::new)));
    }

    @AfterEach
    void stop() {
        relay.close();
        upstreams.values().forEach(SpokenUpstream::close);
    }

    private static String id(Protocol protocol) {
        return protocol.name().toLowerCase(Locale.ROOT);
    }

    static Stream<Arguments> countedPaths() {
        return Stream.of(Protocol.ANTHROPIC, Protocol.RESPONSES, Protocol.GEMINI)
                .flatMap(from ->
                        Stream.of(Protocol.ANTHROPIC, Protocol.RESPONSES, Protocol.GEMINI)
                                .map(to -> Arguments.of(from, to)));
    }

    private RawClient.Answer count(Protocol from, String model) {
        return switch (from) {
            case ANTHROPIC ->
                    relay.ask(
                            RawClient.post(
                                    "/v1/messages/count_tokens",
                                    "{\"model\":\"%s\",\"system\":\"Be brief.\",\"messages\":[{\"role\":\"user\",\"content\":\"How much is it?\"}]}"
                                            .formatted(model)));
            case RESPONSES ->
                    relay.ask(
                            RawClient.post(
                                    "/v1/responses/input_tokens",
                                    "{\"model\":\"%s\",\"input\":\"How much is it?\"}"
                                            .formatted(model)));
            case GEMINI ->
                    relay.ask(
                            RawClient.post(
                                    "/v1beta/models/%s:countTokens"
                                            .formatted(model.replace("/", "%2F")),
                                    "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"How much is it?\"}]}]}"));
            case OPENAI -> throw new IllegalArgumentException("it has no such page");
        };
    }

    private static long number(Protocol from, RawClient.Answer answer) throws IOException {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode body = new ObjectMapper().readTree(answer.body());
        return body.path(from == Protocol.GEMINI ? "totalTokens" : "input_tokens").asLong(-1);
    }

    @ParameterizedTest
    @MethodSource("countedPaths")
    void theTargetCountsInItsOwnProtocol(Protocol from, Protocol to) throws Exception {
        upstreams.get(to).counts(4711);

        RawClient.Answer answer = count(from, id(to) + "/m");

        assertThat(number(from, answer)).isEqualTo(4711);
        assertThat(answer.header("x-hal0-estimated")).isEmpty();
        assertThat(answer.header("x-hal0-provider")).hasValue(id(to));
        SpokenUpstream.Asked asked = upstreams.get(to).takeAsked();
        assertThat(asked.target())
                .isEqualTo(
                        switch (to) {
                            case ANTHROPIC -> "/v1/messages/count_tokens";
                            case RESPONSES -> "/v1/responses/input_tokens";
                            case GEMINI -> "/v1beta/models/m:countTokens";
                            case OPENAI -> throw new IllegalArgumentException("it counts nothing");
                        });
        assertThat(asked.request().messages().toString()).contains("How much is it?");
    }

    @ParameterizedTest
    @MethodSource("countedPaths")
    void whereNobodyCountsTheNumberIsAGuessAndSaysSo(Protocol from, Protocol to) throws Exception {
        upstreams.get(to).answers(404, "{\"error\":{\"message\":\"no such page\"}}");

        for (String model : new String[] {id(to) + "/m", "openai/m"}) {
            RawClient.Answer answer = count(from, model);
            assertThat(number(from, answer)).isBetween(2L, 20L);
            assertThat(answer.header("x-hal0-estimated")).hasValue("true");
        }
        assertThat(upstreams.get(Protocol.OPENAI).requestCount()).isZero();
    }

    @Test
    void aRefusalIsToldInTheClientsProtocol() throws Exception {
        upstreams
                .get(Protocol.GEMINI)
                .answers(400, "{\"error\":{\"code\":400,\"message\":\"too many parts\"}}");

        RawClient.Answer answer = count(Protocol.ANTHROPIC, "gemini/m");

        assertThat(answer.status()).isEqualTo(400);
        JsonNode body = new ObjectMapper().readTree(answer.body());
        assertThat(body.at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(body.at("/error/message").asText()).contains("too many parts");
    }

    @Test
    void whatCannotBeReadIsRefusedByItsPlace() {
        RawClient.Answer answer =
                relay.ask(
                        RawClient.post(
                                "/v1/messages/count_tokens",
                                "{\"model\":\"gemini/m\",\"messages\":[{\"role\":\"user\",\"content\":7}]}"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("messages[0].content");
        assertThat(upstreams.get(Protocol.GEMINI).requestCount()).isZero();
    }
}
