package hal0.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.providers.Provider;
import hal0.providers.error.ProviderException;
import hal0.providers.error.Retry;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.StreamEvent.Done;
import hal0.providers.event.StreamEvent.TextDelta;
import hal0.providers.event.StreamEvent.ThinkingDelta;
import hal0.providers.event.StreamEvent.ToolCallDelta;
import hal0.providers.event.StreamEvent.UsageReport;
import hal0.providers.event.TurnAccumulator;
import hal0.providers.event.Usage;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.OutputFormat;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Role;
import hal0.providers.message.Tool;
import hal0.providers.message.ToolChoice;
import hal0.relay.testing.Conversation;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import hal0.relay.testing.SpokenUpstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A client of each protocol is answered by a provider of each, as a stream and whole.
class TranslationTest {
    private static final Tool WEATHER =
            new Tool(
                    "weather",
                    "Tells the weather.",
                    "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}");
    private static final Part.Image PICTURE =
            new Part.Image(new MediaSource.Base64("image/png", "iVBORw0KGgo="));
    private static final Part.Document PAPER =
            new Part.Document(
                    new MediaSource.Base64("application/pdf", "JVBERi0xLjQK"), "paper.pdf");

    @TempDir private Path folder;
    private final Map<Protocol, SpokenUpstream> upstreams = new EnumMap<>(Protocol.class);
    private RelayFixture relay;

    @BeforeEach
    void start() {
        List<Provider> providers = new ArrayList<>();
        for (Protocol protocol : Protocol.values()) {
            SpokenUpstream upstream = new SpokenUpstream(protocol);
            upstreams.put(protocol, upstream);
            providers.add(upstream.provider(id(protocol)).build());
        }
        relay = new RelayFixture(folder, Setup.of(providers.toArray(Provider[]::new)));
    }

    @AfterEach
    void stop() {
        relay.close();
        upstreams.values().forEach(SpokenUpstream::close);
    }

    private static String id(Protocol protocol) {
        return protocol.name().toLowerCase(Locale.ROOT);
    }

    static Stream<Arguments> paths() {
        return Stream.of(Protocol.values())
                .flatMap(from -> Stream.of(Protocol.values()).map(to -> Arguments.of(from, to)));
    }

    static Stream<Arguments> pathsBothWays() {
        return Stream.of(true, false)
                .flatMap(stream ->
                        paths().map(path -> Arguments.of(path.get()[0], path.get()[1], stream)));
    }

    private TurnAccumulator ask(Protocol from, Protocol to, ChatRequest request) {
        return new Conversation(relay, from).ask(id(to) + "/the-model", request);
    }

    @ParameterizedTest
    @MethodSource("pathsBothWays")
    void aTurnWithToolsArrivesWhole(Protocol from, Protocol to, boolean streamed) {
        upstreams
                .get(to)
                .says(
                        new StreamEvent.Started("x", "m"),
                        new TextDelta("Grüße "),
                        new TextDelta("🌍"),
                        new ToolCallDelta(0, "call_a", "weather", "{\"city\":"),
                        new ToolCallDelta(1, "call_b", "weather", "{\"city\":\"Rom\"}"),
                        new ToolCallDelta(0, null, null, "\"Paris\"}"),
                        new UsageReport(new Usage(100, 20, 40, 0, 0, 0, null)),
                        new Done(StopReason.TOOL_CALLS));

        ChatRequest request =
                new ChatRequest(
                        "",
                        List.of(Message.system("Be brief."), Message.user("Weather?")),
                        List.of(WEATHER),
                        Options.builder()
                                .maxTokens(500)
                                .toolChoice(new ToolChoice.Required())
                                .build(),
                        streamed);
        TurnAccumulator turn = ask(from, to, request);

        assertThat(turn.message().parts())
                .containsExactly(
                        new Part.Text("Grüße 🌍"),
                        new Part.ToolCall("call_a", "weather", "{\"city\":\"Paris\"}"),
                        new Part.ToolCall("call_b", "weather", "{\"city\":\"Rom\"}"));
        assertThat(turn.reason()).isEqualTo(StopReason.TOOL_CALLS);
        assertThat(turn.usage().input()).isEqualTo(100);
        assertThat(turn.usage().cacheRead()).isEqualTo(40);
        assertThat(turn.usage().output()).isEqualTo(20);
        ChatRequest told = upstreams.get(to).takeAsked().request();
        assertThat(told.messages().stream().map(TranslationTest::unmarked))
                .containsExactlyElementsOf(request.messages());
        assertThat(told.tools()).extracting(Tool::name).containsExactly("weather");
        assertThat(told.options().toolChoice()).isEqualTo(new ToolChoice.Required());
        assertThat(told.options().maxTokens()).isEqualTo(500);
        assertThat(told.stream()).isEqualTo(streamed);
        RelayFixture.Row row = relay.rows(1).getFirst();
        assertThat(row.outcome()).isEqualTo("ANSWERED");
        assertThat(row.protocol()).isEqualTo(from.shortName());
        assertThat(row.input()).isEqualTo(100);
        assertThat(row.output()).isEqualTo(20);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void picturesPapersAndResultsOfToolsReachTheProvider(Protocol from, Protocol to) {
        upstreams.get(to).says(new TextDelta("ok"), new Done(StopReason.END));
        ChatRequest request =
                new ChatRequest(
                        "",
                        List.of(
                                new Message(
                                        Role.USER, List.of(new Part.Text("Look"), PICTURE, PAPER)),
                                new Message(
                                        Role.ASSISTANT,
                                        List.of(
                                                new Part.Text("I look."),
                                                new Part.ToolCall(
                                                        "call_a", "weather", "{\"city\":\"A\"}"),
                                                new Part.ToolCall("call_b", "weather", "{}"))),
                                new Message(
                                        Role.USER,
                                        List.of(
                                                new Part.ToolResult(
                                                        "call_a",
                                                        List.of(new Part.Text("sun")),
                                                        false),
                                                new Part.ToolResult(
                                                        "call_b",
                                                        List.of(new Part.Text("no city")),
                                                        true)))),
                        List.of(WEATHER),
                        Options.DEFAULT.withMaxTokens(64),
                        true);
        ask(from, to, request);

        List<Part> told =
                upstreams.get(to).takeAsked().request().messages().stream()
                        .flatMap(message -> message.parts().stream())
                        .toList();
        assertThat(told).contains(new Part.Text("Look"), PICTURE);
        assertThat(told)
                .filteredOn(Part.Document.class::isInstance)
                .extracting(part -> ((Part.Document) part).source())
                .containsExactly(PAPER.source());
        assertThat(told)
                .filteredOn(Part.ToolCall.class::isInstance)
                .containsExactly(
                        new Part.ToolCall("call_a", "weather", "{\"city\":\"A\"}"),
                        new Part.ToolCall("call_b", "weather", "{}"));
        List<Part.ToolResult> results =
                told.stream()
                        .filter(Part.ToolResult.class::isInstance)
                        .map(Part.ToolResult.class::cast)
                        .toList();
        assertThat(results).extracting(Part.ToolResult::callId).containsExactly("call_a", "call_b");
        assertThat(results.getFirst().content()).containsExactly(new Part.Text("sun"));
        Part.ToolResult failed = results.getLast();
        assertThat(failed.failed() || failed.content().toString().contains("Error"))
                .as("that the tool failed is told: %s", failed)
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("paths")
    void thoughtsAndTheFormOfTheAnswerAreTold(Protocol from, Protocol to) {
        upstreams
                .get(to)
                .says(
                        new ThinkingDelta("Let me see."),
                        new TextDelta("{\"n\":1}"),
                        new Done(StopReason.LENGTH));
        String schema = "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}}}";
        TurnAccumulator turn =
                ask(
                        from,
                        to,
                        new ChatRequest(
                                "",
                                List.of(Message.user("Count")),
                                List.of(),
                                Options.builder()
                                        .maxTokens(64)
                                        .format(
                                                new OutputFormat.JsonSchema(
                                                        "response", null, schema, null))
                                        .build(),
                                true));

        assertThat(turn.reason()).isEqualTo(StopReason.LENGTH);
        assertThat(turn.message().parts())
                .extracting(part ->
                        switch (part) {
                            case Part.Thinking(var text, _) -> "thought " + text;
                            case Part.Text(var text) -> text;
                            default -> part.toString();
                        })
                .containsExactly("thought Let me see.", "{\"n\":1}");
        assertThat(upstreams.get(to).takeAsked().request().options().format())
                .isInstanceOfSatisfying(
                        OutputFormat.JsonSchema.class,
                        format -> assertThat(format.schema()).contains("\"n\":"));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void aRefusalKeepsItsStatusAndTheProvidersWords(Protocol from, Protocol to) {
        upstreams
                .get(to)
                .answers(
                        429,
                        "{\"error\":{\"message\":\"too fast for sk-upstream-secret\",\"type\":\"rate_limit_error\"}}",
                        "Retry-After",
                        "7");

        assertThatThrownBy(() -> ask(from, to, asks(true)))
                .isInstanceOfSatisfying(
                        ProviderException.RateLimited.class,
                        failure -> {
                            assertThat(failure.failure().status()).isEqualTo(429);
                            assertThat(failure.retry())
                                    .isEqualTo(new Retry.After(Duration.ofSeconds(7)));
                            assertThat(failure).hasMessageContaining("too fast");
                            if (from != to) {
                                assertThat(failure.toString() + failure.failure())
                                        .doesNotContain("sk-upstream-secret");
                            }
                        });
    }

    @ParameterizedTest
    @MethodSource("pathsBothWays")
    void anErrorInAStreamIsAnErrorAndNoSuccess(Protocol from, Protocol to, boolean streamed) {
        // Line 11 of the pitfalls.
        String error =
                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"code\":503,\"status\":\"UNAVAILABLE\",\"message\":\"all busy\"},\"code\":\"server_error\",\"message\":\"all busy\",\"sequence_number\":1}";
        upstreams.get(to).streams("event: error\ndata: " + error + "\n\n");

        assertThatThrownBy(() -> ask(from, to, asks(streamed)))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("all busy");
        assertThat(relay.rows(1).getFirst().outcome()).isEqualTo("FAILED");
    }

    @ParameterizedTest
    @MethodSource("pathsBothWays")
    void aStreamWithoutItsEndIsAnError(Protocol from, Protocol to, boolean streamed) {
        // Line 12 of the pitfalls.
        String start =
                switch (to) {
                    case OPENAI -> "data: {\"choices\":[{\"delta\":{\"content\":\"Hal\"}}]}\n\n";
                    case ANTHROPIC ->
                            "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"Hal\"}}\n\n";
                    case GEMINI ->
                            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hal\"}]}}]}\n\n";
                    case RESPONSES ->
                            "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"Hal\",\"output_index\":0,\"content_index\":0,\"item_id\":\"a\"}\n\n";
                };
        upstreams.get(to).streams(start);

        assertThatThrownBy(() -> ask(from, to, asks(streamed)))
                .isInstanceOf(ProviderException.class);
        assertThat(relay.rows(1).getFirst().outcome()).isEqualTo("FAILED");
    }

    /// What goes to Anthropic is marked for its cache.
    private static Message unmarked(Message message) {
        return new Message(
                message.role(),
                message.parts().stream().filter(part -> !(part instanceof Part.Cache)).toList());
    }

    private static ChatRequest asks(boolean streamed) {
        return new ChatRequest(
                "",
                List.of(Message.user("hello")),
                List.of(),
                Options.DEFAULT.withMaxTokens(9),
                streamed);
    }
}
