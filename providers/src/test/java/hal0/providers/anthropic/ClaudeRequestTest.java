package hal0.providers.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.Provider;
import hal0.providers.dialect.Feature;
import hal0.providers.message.CacheMark;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Reasoning;
import hal0.providers.message.Role;
import hal0.providers.message.Tool;
import hal0.providers.message.ToolChoice;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaudeRequestTest {
    private static final Provider PROVIDER =
            Provider.builder("an", Protocol.ANTHROPIC, URI.create("https://api.anthropic.com"))
                    .build();

    private static JsonNode written(String model, Options options, Message... messages) {
        return written(model, new ChatRequest(model, List.of(messages), List.of(), options, true));
    }

    private static JsonNode written(String model, ChatRequest request) {
        try {
            return new ObjectMapper().readTree(new Messages().encode(PROVIDER, model, request));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Message user(Part... parts) {
        return new Message(Role.USER, List.of(parts));
    }

    private static Message assistant(Part... parts) {
        return new Message(Role.ASSISTANT, List.of(parts));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // A budget, an effort, the limit; what the model is told, and its limit then.
                "claude-3-5-haiku-20241022|2048|-|-||8192",
                "claude-3-7-sonnet-20250219|2048|-|-|{'type':'enabled','budget_tokens':2048}|8192",
                "claude-3-7-sonnet-20250219|20|-|-|{'type':'enabled','budget_tokens':1024}|8192",
                "claude-sonnet-4-20250514|9000|-|-|{'type':'enabled','budget_tokens':9000}|17192",
                "claude-sonnet-4-20250514|9000|-|4000|{'type':'enabled','budget_tokens':2000}|4000",
                "claude-sonnet-4-20250514|9000|-|1500||1500",
                "claude-haiku-4-5|-|HIGH|64000|{'type':'enabled','budget_tokens':16384}|64000",
                "claude-haiku-4-5|-|NONE|-|{'type':'disabled'}|8192",
                "claude-opus-4-6|-|XHIGH|-|{'type':'adaptive'}high|8192",
                "claude-opus-4-6|3000|-|-|{'type':'enabled','budget_tokens':3000}|8192",
                "us.anthropic.claude-opus-4-7-v1:0|3000|-|-|{'type':'adaptive'}low|8192",
                "claude-opus-4.8|-|XHIGH|-|{'type':'adaptive'}xhigh|8192",
                "claude-fable-5|-|NONE|-||8192",
                "claude-mythos-preview|-|MAX|-|{'type':'adaptive'}max|8192",
                "glm-5|300|LOW|100|{'type':'enabled','budget_tokens':300}low|100",
                "glm-5|0|-|-|{'type':'disabled'}|8192",
            })
    void eachVersionIsToldToThinkAsItTakesIt(
            String model,
            @Nullable Integer budget,
            Reasoning.@Nullable Effort effort,
            @Nullable Integer limit,
            @Nullable String said,
            int maxTokens) {
        Options options =
                Options.builder()
                        .maxTokens(limit)
                        .reasoning(new Reasoning(effort, budget, null))
                        .build();
        JsonNode request = written(model, options, Message.user("hi"));
        String thinking = request.has("thinking") ? request.get("thinking").toString() : "";
        String step = request.at("/output_config/effort").asText();
        assertThat((thinking + step).replace('"', '\'')).isEqualTo(said == null ? "" : said);
        assertThat(request.path("max_tokens").asInt()).isEqualTo(maxTokens);
    }

    @ParameterizedTest
    @CsvSource({
        "claude-3-5-haiku-20241022, 1.0/0.9/5",
        "claude-opus-4-1-20250805, 1.0/-/5",
        "claude-opus-4-7, -/-/-",
        "glm-5, 1.5/0.9/5"
    })
    void whatAVersionRefusesOfSamplingIsLeftOut(String model, String said) {
        Options options = Options.builder().temperature(1.5).topP(0.9).topK(5).build();
        JsonNode request = written(model, options, Message.user("hi"));
        assertThat(
                        request.path("temperature").asText("-")
                                + "/"
                                + request.path("top_p").asText("-")
                                + "/"
                                + request.path("top_k").asText("-"))
                .isEqualTo(said);
    }

    @Test
    void thinkingTakesNeitherATemperatureNorAToolThatMustBeUsed() {
        Options.Builder thinks =
                Options.builder().temperature(0.2).topP(0.96).reasoning(Reasoning.budget(2000));
        JsonNode request = written("claude-sonnet-4-5", thinks.build(), Message.user("hi"));
        assertThat(request.has("temperature")).isFalse();
        assertThat(request.path("top_p").asDouble()).isEqualTo(0.96);
        Options forced = thinks.toolChoice(new ToolChoice.Required()).build();
        assertThat(written("claude-sonnet-4-5", forced, Message.user("hi")).has("thinking"))
                .isFalse();
    }

    /// Pitfalls 6 and 14: calls that another model made, in a turn that a Claude is to go on with.
    @Test
    void aTurnThatBeganWithoutThoughtsGoesOnWithoutThem() {
        Options thinks = Options.builder().reasoning(Reasoning.budget(2000)).build();
        Part foreign = new Part.Thinking("another's", null);
        Part own = new Part.Thinking("mine", "sig");
        Part call = new Part.ToolCall("c1", "ls", "{}");
        Part again = new Part.ToolCall("c2", "ls", "{}");
        Message result = user(new Part.ToolResult("c1", List.of(), false));
        Message next = user(new Part.ToolResult("c2", List.of(), false));
        Message hi = Message.user("hi");
        String model = "claude-sonnet-4-5";
        assertThat(written(model, thinks, hi, assistant(foreign, call), result).has("thinking"))
                .isFalse();
        assertThat(
                        written(model, thinks, hi, assistant(call), result, assistant(again), next)
                                .has("thinking"))
                .isFalse();
        assertThat(written(model, thinks, hi, assistant(new Part.Text("so"))).has("thinking"))
                .as("an answer to go on with")
                .isFalse();
        assertThat(written(model, thinks, hi, assistant(own, call), result).has("thinking"))
                .isTrue();
        assertThat(
                        written(
                                        model,
                                        thinks,
                                        hi,
                                        assistant(own, call),
                                        result,
                                        assistant(again),
                                        next)
                                .has("thinking"))
                .as("thoughts stand at the beginning of a turn only")
                .isTrue();
        assertThat(written(model, thinks, hi, assistant(call), result, hi).has("thinking"))
                .as("another word of the user's in the same turn")
                .isFalse();
        assertThat(
                        written(
                                        model,
                                        thinks,
                                        hi,
                                        assistant(call),
                                        result,
                                        Message.assistant("so"),
                                        hi)
                                .has("thinking"))
                .as("another turn")
                .isTrue();
        assertThat(
                        written("claude-opus-4-7", thinks, hi, assistant(call), result)
                                .at("/thinking/type")
                                .asText())
                .as("who decides itself")
                .isEqualTo("adaptive");
    }

    @Test
    void idsOfOtherProvidersAreMadeSuchAsTheApiTakesThem() {
        JsonNode messages =
                written(
                                "claude-sonnet-4-5",
                                Options.DEFAULT,
                                assistant(
                                        new Part.ToolCall("a.b", "ls", "{}"),
                                        new Part.ToolCall("a_b", "ls", "{}"),
                                        new Part.ToolCall("", "ls", "{}")),
                                user(
                                        new Part.ToolResult("a_b", List.of(), false),
                                        new Part.ToolResult("a.b", List.of(), false)))
                        .path("messages");
        assertThat(messages.findValuesAsText("id")).containsExactly("a_b", "a_b_2", "call");
        assertThat(messages.findValuesAsText("tool_use_id")).containsExactly("a_b_2", "a_b");
    }

    @Test
    void instructionsInTheConversationStayWhereTheModelTakesThem() {
        Message[] said = {
            Message.system("s"),
            Message.user("a"),
            Message.system("late"),
            Message.user("b"),
            Message.assistant("c"),
            Message.system("last")
        };
        JsonNode inPlace = written("claude-opus-4-8", Options.DEFAULT, said);
        assertThat(inPlace.path("messages").findValuesAsText("role"))
                .containsExactly("user", "system", "assistant");
        assertThat(inPlace.path("system").findValuesAsText("text")).containsExactly("s", "last");
        JsonNode atTheTop = written("claude-opus-4-7", Options.DEFAULT, said);
        assertThat(atTheTop.path("system").findValuesAsText("text"))
                .containsExactly("s", "late", "last");
        Messages dialect = new Messages();
        assertThat(dialect.cannotSay(PROVIDER, "claude-opus-4-8"))
                .doesNotContain(Feature.LATE_SYSTEM_MESSAGE);
        assertThat(dialect.cannotSay(PROVIDER, "claude-opus-4-7"))
                .contains(Feature.LATE_SYSTEM_MESSAGE);
    }

    // Pitfall 8.
    @Test
    void marksOfTheCallerStandInsteadOfOurs() {
        Tool tool = new Tool("ls", null, "{}", true, CacheMark.LONG);
        ChatRequest request =
                new ChatRequest(
                        "m",
                        List.of(
                                new Message(
                                        Role.SYSTEM,
                                        List.of(
                                                new Part.Text("s"),
                                                new Part.Cache(CacheMark.SHORT))),
                                user(
                                        new Part.ToolResult(
                                                "c",
                                                List.of(
                                                        new Part.Text("r"),
                                                        new Part.Cache(CacheMark.SHORT)),
                                                false),
                                        new Part.Text("hi")),
                                Message.assistant("yes"),
                                Message.user("go")),
                        List.of(tool),
                        Options.DEFAULT,
                        true);
        String json = written("claude-sonnet-4-5", request).toString();
        assertThat(json.split("cache_control", -1)).hasSize(4);
        assertThat(json)
                .contains(
                        "\"strict\":true,\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}")
                .contains("\"text\":\"s\",\"cache_control\":{\"type\":\"ephemeral\"}")
                .contains("\"text\":\"r\",\"cache_control\":{\"type\":\"ephemeral\"}");
    }

    @Test
    void anAnswerToGoOnWithEndsInNoWhiteSpaceAndBlankTextsAreLeftOut() {
        JsonNode messages =
                written(
                                "claude-haiku-4-5",
                                Options.DEFAULT,
                                user(new Part.Text("hi"), new Part.Text(" \n")),
                                Message.assistant("The best answer is \n"))
                        .path("messages");
        assertThat(messages.findValuesAsText("text")).containsExactly("hi", "The best answer is");
    }

    @Test
    void documentsOfEveryKindAreSaid() {
        JsonNode content =
                written(
                                "claude-haiku-4-5",
                                Options.DEFAULT,
                                user(
                                        new Part.Document(
                                                new MediaSource.Base64(
                                                        "application/pdf", "JVBERg=="),
                                                "Plan"),
                                        new Part.Document(
                                                new MediaSource.Base64(
                                                        "text/markdown", "IyBHcsO8w59l"),
                                                null),
                                        new Part.Document(
                                                new MediaSource.Url("https://x/y.pdf"), null),
                                        new Part.Document(new MediaSource.FileId("file_1"), null),
                                        new Part.Image(
                                                new MediaSource.Url("data:image/png;base64,QUJD"),
                                                "high")))
                        .at("/messages/0/content");
        assertThat(content.toString().replace('"', '\''))
                .isEqualTo(
                        "[{'type':'document','source':{'type':'base64','media_type':"
                                + "'application/pdf','data':'JVBERg=='},'title':'Plan'},"
                                + "{'type':'document','source':{'type':'text','media_type':"
                                + "'text/plain','data':'# Grüße'}},"
                                + "{'type':'document','source':{'type':'url','url':'https://x/y.pdf'}},"
                                + "{'type':'document','source':{'type':'file','file_id':'file_1'}},"
                                + "{'type':'image','source':{'type':'base64','media_type':'image/png',"
                                + "'data':'QUJD'}}]");
    }
}
