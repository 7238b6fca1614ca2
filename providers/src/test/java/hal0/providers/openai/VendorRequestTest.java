package hal0.providers.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.Provider;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.dialect.Feature;
import hal0.providers.dialect.RequestLine;
import hal0.providers.event.TurnAccumulator;
import hal0.providers.message.CacheMark;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.OutputFormat;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Reasoning;
import hal0.providers.message.Role;
import hal0.providers.message.Tool;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VendorRequestTest {
    private static final ChatCompletions DIALECT = new ChatCompletions();
    private static final String ROUTER = "https://openrouter.ai/api/v1";
    private static final String OPENAI = "https://api.openai.com/v1";
    private static final String ANY = "http://h/v1";

    private static Provider provider(String base) {
        return Provider.builder("acme", Protocol.OPENAI, URI.create(base)).build();
    }

    private static JsonNode written(String base, String model, ChatRequest request) {
        try {
            return new ObjectMapper().readTree(DIALECT.encode(provider(base), model, request));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ChatRequest request(Options options, Message... messages) {
        return new ChatRequest("m", List.of(messages), List.of(), options, true);
    }

    private static Message user(Part... parts) {
        return new Message(Role.USER, List.of(parts));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "http://h/v1|m|-|MAX|max",
                "http://h/v1|m|3000|-|",
                "https://api.openai.com/v1|gpt-4o|-|HIGH|",
                "https://api.openai.com/v1|o3-mini|-|MINIMAL|low",
                "https://api.openai.com/v1|gpt-5-mini|-|NONE|minimal",
                "https://api.openai.com/v1|gpt-5.1|-|NONE|none",
                "https://api.openai.com/v1|gpt-5.1|-|XHIGH|high",
                "https://api.openai.com/v1|gpt-5.4|-|MAX|xhigh",
                "https://api.openai.com/v1|gpt-5.4|10000|-|medium",
                "https://x.openai.azure.com/openai/v1|gpt-5.4|0|-|none",
                "https://openrouter.ai/api/v1|a/b|3000|HIGH|{\"max_tokens\":3000}",
                "https://openrouter.ai/api/v1|a/b|-|HIGH|{\"effort\":\"high\"}",
            })
    void eachVendorIsToldHowMuchToThinkInItsWords(
            String base,
            String model,
            @Nullable Integer budget,
            Reasoning.@Nullable Effort effort,
            @Nullable String said) {
        Options options = Options.builder().reasoning(new Reasoning(effort, budget, null)).build();
        JsonNode json = written(base, model, request(options, Message.user("hi")));
        String router = json.has("reasoning") ? json.get("reasoning").toString() : "";
        assertThat(json.path("reasoning_effort").asText() + router)
                .isEqualTo(said == null ? "" : said);
    }

    @Test
    void openAiGetsNoFieldThatItRefuses() {
        Options options =
                Options.builder()
                        .topK(4)
                        .temperature(0.2)
                        .presencePenalty(0.1)
                        .stop(List.of("END"))
                        .maxTokens(9)
                        .build();
        ChatRequest request = request(options, Message.user("hi"));
        assertThat(written(OPENAI, "gpt-5.4", request).toString())
                .doesNotContain("top_k", "temperature", "presence_penalty", "stop");
        assertThat(DIALECT.cannotSay(provider(OPENAI), "gpt-5.4"))
                .contains(Feature.STOP, Feature.PENALTIES);
        assertThat(written(OPENAI, "gpt-4o", request).toString())
                .contains("presence_penalty", "stop");
        assertThat(written(OPENAI, "gpt-4o", request).path("temperature").asDouble())
                .isEqualTo(0.2);
        assertThat(written(ANY, "m", request).path("top_k").asInt()).isEqualTo(4);
        assertThat(DIALECT.cannotSay(provider(OPENAI), "gpt-4o"))
                .contains(Feature.TOP_K, Feature.EFFORT);
        assertThat(DIALECT.cannotSay(provider(ANY), "m")).isEqualTo(DIALECT.cannotSay());
    }

    // Pitfall 8.
    @Test
    void marksGoWhereTheyAreKnown() {
        ChatRequest request =
                new ChatRequest(
                        "m",
                        List.of(
                                user(
                                        new Part.Text("long"),
                                        new Part.Cache(CacheMark.LONG),
                                        new Part.Text("short")),
                                Message.assistant("yes"),
                                Message.user("go")),
                        List.of(new Tool("ls", null, "{}", null, CacheMark.SHORT)),
                        Options.DEFAULT,
                        true);
        JsonNode router = written(ROUTER, "anthropic/claude-sonnet-4.5", request);
        assertThat(router.at("/messages/0/content/0/cache_control").toString())
                .isEqualTo("{\"type\":\"ephemeral\",\"ttl\":\"1h\"}");
        assertThat(router.at("/tools/0/cache_control").isObject()).isTrue();
        assertThat(router.has("cache_control")).as("the caller marked it").isFalse();
        JsonNode openAi = written(OPENAI, "gpt-5.6", request);
        assertThat(openAi.at("/messages/0/content/0/prompt_cache_breakpoint/mode").asText())
                .isEqualTo("explicit");
        assertThat(written(OPENAI, "gpt-5.5", request).toString() + written(ANY, "m", request))
                .doesNotContain("cache");
    }

    @Test
    void aClaudeBehindOpenRouterIsToldToCacheAConversation() {
        ChatRequest goesOn =
                request(
                        Options.DEFAULT,
                        Message.user("hi"),
                        Message.assistant("yes"),
                        Message.user("go"));
        assertThat(written(ROUTER, "anthropic/claude-sonnet-4.5", goesOn).has("cache_control"))
                .isTrue();
        assertThat(written(ROUTER, "openai/gpt-5", goesOn).has("cache_control")).isFalse();
        ChatRequest once = request(Options.DEFAULT, Message.user("hi"));
        assertThat(written(ROUTER, "anthropic/claude-sonnet-4.5", once).has("cache_control"))
                .isFalse();
    }

    // Pitfall 6.
    @Test
    void thoughtsAndSignaturesGoBackToWhoMadeThem() {
        String opaque = "{\"type\":\"reasoning.encrypted\",\"data\":\"x\",\"format\":\"openai\"}";
        ChatRequest request =
                request(
                        Options.DEFAULT,
                        Message.user("hi"),
                        new Message(
                                Role.ASSISTANT,
                                List.of(
                                        new Part.Thinking("hm", "sig"),
                                        new Part.RedactedThinking("xyz"),
                                        new Part.Opaque(Protocol.OPENAI, opaque),
                                        new Part.ToolCall("c", "ls", "{}", "CiQB"))),
                        user(new Part.ToolResult("c", List.of(new Part.Text("r")), false)));
        assertThat(written(ROUTER, "a/b", request).at("/messages/1/reasoning_details").toString())
                .isEqualTo(
                        "[{\"type\":\"reasoning.text\",\"text\":\"hm\",\"signature\":\"sig\","
                                + "\"index\":0},{\"type\":\"reasoning.encrypted\",\"data\":\"xyz\","
                                + "\"index\":1},"
                                + opaque
                                + "]");
        String google = "https://generativelanguage.googleapis.com/v1beta/openai";
        assertThat(
                        written(google, "gemini-3-pro", request)
                                .at(
                                        "/messages/1/tool_calls/0/extra_content/google/thought_signature")
                                .asText())
                .isEqualTo("CiQB");
        assertThat(written(OPENAI, "gpt-5.4", request).toString())
                .doesNotContain("reasoning_details")
                .doesNotContain("extra_content");
    }

    @Test
    void whatAServerThoughtIsReadFromItsListWithItsSignatures() {
        TurnAccumulator turn = new TurnAccumulator();
        DIALECT.decoder(new AnswerErrors(provider(ROUTER), "m", List.of(), InstantSource.system()))
                .whole(
                        """
                        {"choices":[{"message":{"content":"so","reasoning":"ab","reasoning_details":[
                        {"type":"reasoning.text","text":"a","signature":"s1"},
                        {"type":"reasoning.encrypted","data":"xyz"},
                        {"type":"reasoning.text","text":"b"},
                        {"type":"reasoning.encrypted","data":"q","format":"openai-responses-v1"}],
                        "tool_calls":[{"id":"c","function":{"name":"ls","arguments":"{}"},
                        "extra_content":{"google":{"thought_signature":"CiQB"}}}]},
                        "finish_reason":"tool_calls"}]}\
                        """
                                .getBytes(StandardCharsets.UTF_8),
                        turn::add);
        assertThat(turn.message().parts())
                .containsExactly(
                        new Part.Thinking("a", "s1"),
                        new Part.RedactedThinking("xyz"),
                        new Part.Thinking("b", null),
                        new Part.Opaque(
                                Protocol.OPENAI,
                                "{\"type\":\"reasoning.encrypted\",\"data\":\"q\",\"format\":"
                                        + "\"openai-responses-v1\"}"),
                        new Part.Text("so"),
                        new Part.ToolCall("c", "ls", "{}", "CiQB"));
    }

    @Test
    void everyPieceHasItsFormAndWhatHasNoneIsLeftOut() throws Exception {
        List<Part> parts =
                List.of(
                        new Part.Image(new MediaSource.Url("https://x/y.png"), "low"),
                        new Part.Audio(new MediaSource.Base64("audio/mpeg", "UklG")),
                        new Part.Document(new MediaSource.Base64("application/pdf", "JVBE"), null),
                        new Part.Document(new MediaSource.FileId("file-1"), "plan.pdf"),
                        new Part.Opaque(Protocol.OPENAI, "{\"type\":\"video_url\"}"));
        Message message = new Message(Role.USER, parts);
        List<Part> lost =
                List.of(
                        new Part.Image(new MediaSource.FileId("file-2")),
                        new Part.Audio(new MediaSource.Url("https://x/y.wav")),
                        new Part.Document(new MediaSource.Url("https://x/y.pdf"), null),
                        new Part.Opaque(Protocol.GEMINI, "{}"));
        ChatRequest request =
                request(
                        Options.DEFAULT,
                        message,
                        Message.assistant("a"),
                        new Message(Role.USER, lost));
        byte[] body = DIALECT.encode(provider(ANY), "m", request);
        List<Message> again = DIALECT.read(body, RequestLine.SILENT).request().messages();
        assertThat(again).containsExactly(message, Message.assistant("a"));
    }

    @Test
    void everyOptionComesBack() throws Exception {
        Options options =
                Options.builder()
                        .maxTokens(9)
                        .temperature(0.5)
                        .topP(0.25)
                        .topK(3)
                        .presencePenalty(-0.5)
                        .frequencyPenalty(1.5)
                        .seed(-9_007_199_254_740_993L)
                        .stop(List.of("a", "b"))
                        .parallelTools(false)
                        .reasoning(Reasoning.of(Reasoning.Effort.LOW))
                        .format(new OutputFormat.JsonSchema("n", "d", "{\"a\": 1.50}", true))
                        .user("u")
                        .build();
        Tool tool = new Tool("ls", "lists", "{ }", false, null);
        ChatRequest request =
                new ChatRequest("m", List.of(Message.user("hi")), List.of(tool), options, false);
        byte[] body = DIALECT.encode(provider(ANY), "m", request);
        assertThat(DIALECT.read(body, RequestLine.SILENT).request()).isEqualTo(request);
    }
}
