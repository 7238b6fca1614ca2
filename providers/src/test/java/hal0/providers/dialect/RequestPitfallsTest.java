package hal0.providers.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.providers.client.Dialects;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Role;
import hal0.providers.message.Tool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What goes wrong where a request in one protocol is told in another, each by its number in the
/// list of pitfalls.
class RequestPitfallsTest {
    private static final Client CHAT = new Client(Protocol.OPENAI);
    private static final Client MESSAGES = new Client(Protocol.ANTHROPIC);
    private static final Client CONTENT = new Client(Protocol.GEMINI);
    private static final Client RESPONSE = new Client(Protocol.RESPONSES);
    private static final String BASE = "http://h/v1";

    /// Two calls, one of which failed, results with an image, and a word of the user's beside them.
    private static final String RESULTS =
            """
            {"model":"m","max_tokens":9,"messages":[
            {"role":"user","content":"go"},
            {"role":"assistant","content":[
            {"type":"tool_use","id":"c1","name":"ls","input":{}},
            {"type":"tool_use","id":"c2","name":"cat","input":{"n":1.50}}]},
            {"role":"user","content":[
            {"type":"tool_result","tool_use_id":"c1","content":[{"type":"text","text":"a.png"},
            {"type":"image","source":{"type":"base64","media_type":"image/png","data":"QUJD"}}]},
            {"type":"tool_result","tool_use_id":"c2","is_error":true,"content":"no such file"},
            {"type":"text","text":"look"}]}]}\
            """;

    private static List<String> texts(JsonNode list, String field) {
        return list.valueStream().map(one -> one.path(field).asText()).toList();
    }

    /// Pitfall 7.
    @Test
    void resultsOfToolsStandAtOnceBehindTheirCallsForOpenAi() {
        JsonNode messages = CHAT.written(BASE, "m", MESSAGES.read(RESULTS)).path("messages");
        assertThat(texts(messages, "role"))
                .containsExactly("user", "assistant", "tool", "tool", "user");
        assertThat(texts(messages, "tool_call_id")).containsSubsequence("c1", "c2");
        assertThat(messages.get(3).path("content").asText()).isEqualTo("Error: no such file");
        assertThat(texts(messages.get(4).path("content"), "type"))
                .containsExactly("text", "image_url", "text");
    }

    /// Pitfall 7.
    @Test
    void resultsOfToolsKeepTheirImagesAndFailuresElsewhere() {
        ChatRequest request = MESSAGES.read(RESULTS);
        JsonNode again = MESSAGES.written(BASE, "m", request).path("messages").get(2);
        assertThat(texts(again.path("content"), "type"))
                .containsExactly("tool_result", "tool_result", "text");
        assertThat(again.at("/content/0/content/1/source/data").asText()).isEqualTo("QUJD");
        assertThat(again.at("/content/1/is_error").asBoolean()).isTrue();
        JsonNode input = RESPONSE.written(BASE, "m", request).path("input");
        assertThat(texts(input, "type"))
                .containsExactly(
                        "message",
                        "function_call",
                        "function_call",
                        "function_call_output",
                        "function_call_output",
                        "message");
        assertThat(texts(input.get(3).path("output"), "type"))
                .containsExactly("input_text", "input_image");
        assertThat(input.get(4).path("output").asText()).isEqualTo("Error: no such file");
        JsonNode parts = CONTENT.written(BASE, "m", request).at("/contents/2/parts");
        assertThat(parts.at("/0/functionResponse/name").asText()).isEqualTo("ls");
        assertThat(parts.at("/1/functionResponse/response/error").asText())
                .isEqualTo("no such file");
        assertThat(parts.toString()).contains("QUJD", "look");
    }

    /// Pitfall 7: the way back.
    @Test
    void neighbouringToolMessagesAreOneMessageOfTheUser() {
        ChatRequest request =
                CHAT.read(
                        """
                        {"messages":[{"role":"user","content":"go"},
                        {"role":"assistant","content":null,"tool_calls":[
                        {"id":"c1","type":"function","function":{"name":"ls","arguments":""}},
                        {"id":"c2","type":"function","function":{"name":"cat","arguments":"{}"}}]},
                        {"role":"tool","tool_call_id":"c1","content":[{"type":"text","text":"x"},
                        {"type":"image_url","image_url":{"url":"data:image/png;base64,QUJD"}}]},
                        {"role":"tool","tool_call_id":"c2","content":"y"},
                        {"role":"user","content":"and?"}]}\
                        """);
        JsonNode messages = MESSAGES.written(BASE, "m", request).path("messages");
        assertThat(texts(messages, "role")).containsExactly("user", "assistant", "user");
        assertThat(messages.get(1).path("content").get(0).path("input").toString()).isEqualTo("{}");
        JsonNode results = messages.get(2).path("content");
        assertThat(texts(results, "type")).containsExactly("tool_result", "tool_result", "text");
        assertThat(texts(results.get(0).path("content"), "type")).containsExactly("text", "image");
    }

    private static final String MARKED =
            """
            {"model":"m","max_tokens":9,
            "tools":[{"name":"ls","input_schema":{"type":"object"},
            "cache_control":{"type":"ephemeral","ttl":"1h"}}],
            "system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral","ttl":"1h"}}],
            "messages":[{"role":"user","content":[{"type":"text","text":"a"},
            {"type":"text","text":"b","cache_control":{"type":"ephemeral"}}]}]}\
            """;

    /// Pitfall 8.
    @Test
    void marksSurviveOnToolsInstructionsAndContent() {
        ChatRequest request = MESSAGES.read(MARKED);
        String hour = "{\"type\":\"ephemeral\",\"ttl\":\"1h\"}";
        JsonNode again = MESSAGES.written(BASE, "claude-sonnet-4-5", request);
        assertThat(again.at("/tools/0/cache_control").toString()).isEqualTo(hour);
        assertThat(again.at("/system/0/cache_control").toString()).isEqualTo(hour);
        assertThat(again.at("/messages/0/content/0").has("cache_control")).isFalse();
        assertThat(again.at("/messages/0/content/1/cache_control/type").asText())
                .isEqualTo("ephemeral");
        JsonNode routed =
                CHAT.written("https://openrouter.ai/api/v1", "anthropic/claude-x", request);
        assertThat(routed.at("/tools/0/cache_control").toString()).isEqualTo(hour);
        assertThat(routed.at("/messages/0/content/0/cache_control").toString()).isEqualTo(hour);
        assertThat(routed.at("/messages/1/content/1/cache_control/type").asText())
                .isEqualTo("ephemeral");
        assertThat(CHAT.written(BASE, "m", request).toString()).doesNotContain("cache_control");
    }

    /// Pitfalls 8 and 13: Claude Code says with whom its cache is shared, which is told to nobody.
    @Test
    void whatAMarkSaysBesideIsNamed() throws InvalidRequestException {
        String body = MARKED.replace("\"ephemeral\",", "\"ephemeral\",\"scope\":\"global\",");
        ReadRequest read =
                Dialects.of(Protocol.ANTHROPIC).read(body.getBytes(UTF_8), RequestLine.SILENT);
        assertThat(read.ignored())
                .containsExactly("system[0].cache_control.scope", "tools[0].cache_control.scope");
        assertThat(read.request())
                .isEqualTo(MESSAGES.read(MARKED).withModel("m").withStream(false));
    }

    static Stream<Client[]> pairs() {
        return Arrays.stream(Protocol.values())
                .flatMap(a ->
                        Arrays.stream(Protocol.values())
                                .map(b -> new Client[] {new Client(a), new Client(b)}));
    }

    private static String through(Client from, Client to, List<Message> messages) {
        Tool tool = new Tool("ls", null, "{\"type\":\"object\"}");
        ChatRequest request = new ChatRequest("m", messages, List.of(tool), Options.DEFAULT, true);
        ChatRequest read = from.read(from.written(BASE, "m", request).toString());
        // Marks move on; what they stand in does not.
        return new String(Dialects.of(to.protocol()).encode(to.provider(BASE), "m", read), UTF_8)
                .replace(",\"cache_control\":{\"type\":\"ephemeral\"}", "");
    }

    /// Pitfall 8: what a provider has in its cache are the bytes of the turn before, whichever
    /// protocol its client speaks.
    @ParameterizedTest
    @MethodSource("pairs")
    void aTranslatedTurnBeginsWithTheBytesOfTheTurnBefore(Client from, Client to) {
        List<Message> messages = new ArrayList<>(List.of(Message.system("s"), Message.user("a")));
        String before = through(from, to, messages);
        messages.add(
                new Message(
                        Role.ASSISTANT,
                        List.of(new Part.Text("b"), new Part.ToolCall("c1", "ls", "{}"))));
        messages.add(
                new Message(
                        Role.USER,
                        List.of(new Part.ToolResult("c1", List.of(new Part.Text("x")), false))));
        String after = through(from, to, messages);
        assertThat(after).startsWith(before.substring(0, before.lastIndexOf(']')));
        messages.add(Message.assistant("c"));
        messages.add(Message.user("d"));
        assertThat(through(from, to, messages))
                .startsWith(after.substring(0, after.lastIndexOf(']')));
    }

    /// Pitfall 13.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"max_tokens\":7|/max_tokens|/generationConfig/maxOutputTokens|/max_output_tokens|7",
                "\"max_completion_tokens\":7,\"max_tokens\":9|/max_tokens|/generationConfig/maxOutputTokens|/max_output_tokens|7",
                "\"stop\":\"END\"|/stop_sequences/0|/generationConfig/stopSequences/0|/none|END",
                "\"stop\":[\"END\",\"FIN\"]|/stop_sequences/0|/generationConfig/stopSequences/0|/none|END",
                "\"tool_choice\":\"required\"|/tool_choice/type|/toolConfig/functionCallingConfig/mode|/tool_choice|any ANY required",
                "\"tool_choice\":\"none\"|/tool_choice/type|/toolConfig/functionCallingConfig/mode|/tool_choice|none NONE none",
                "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"ls\"}}|/tool_choice/name|/toolConfig/functionCallingConfig/allowedFunctionNames/0|/tool_choice/name|ls",
                "\"parallel_tool_calls\":false|/tool_choice/disable_parallel_tool_use|/none|/parallel_tool_calls|true - false",
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{\"type\":\"array\"}}}|/output_config/format/schema/type|/generationConfig/responseJsonSchema/type|/text/format/schema/type|array",
                "\"response_format\":{\"type\":\"json_object\"}|/none|/generationConfig/responseMimeType|/text/format/type|- application/json json_object",
                "\"reasoning_effort\":\"high\"|/output_config/effort|/generationConfig/thinkingConfig/thinkingLevel|/reasoning/effort|high HIGH high",
                "\"user\":\"u\"|/metadata/user_id|/none|/user|u - u",
            })
    void whatOpenAisClientsAskForIsAskedInEveryProtocol(
            String said, String messages, String content, String response, String values) {
        ChatRequest request =
                CHAT.read(
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"ls\"}}],%s}"
                                .formatted(said));
        String[] each = values.split(" ", -1);
        List<String> found =
                List.of(
                        MESSAGES.written(BASE, "m", request).at(messages).asText(),
                        CONTENT.written(BASE, "gemini-3", request).at(content).asText(),
                        RESPONSE.written(BASE, "m", request).at(response).asText());
        for (int i = 0; i < 3; i++) {
            String path = List.of(messages, content, response).get(i);
            String wanted = each.length == 1 ? each[0] : each[i];
            boolean sayable = !path.equals("/none");
            assertThat(found.get(i)).as(path).isEqualTo(sayable ? wanted : "");
        }
    }

    /// Pitfall 13.
    @Test
    void instructionsOfEveryNameAndPlaceArriveEverywhere() {
        ChatRequest request =
                CHAT.read(
                        """
                        {"messages":[{"role":"system","content":"s"},{"role":"developer","content":"d"},
                        {"role":"user","content":"hi"},{"role":"system","content":"late"}]}\
                        """);
        assertThat(texts(MESSAGES.written(BASE, "m", request).path("system"), "text"))
                .containsExactly("s", "d", "late");
        assertThat(
                        texts(
                                CONTENT.written(BASE, "m", request).at("/systemInstruction/parts"),
                                "text"))
                .containsExactly("s", "d", "late");
        JsonNode response = RESPONSE.written(BASE, "m", request);
        assertThat(response.path("instructions").asText()).isEqualTo("s");
        assertThat(texts(response.path("input"), "content")).containsExactly("d", "hi", "late");
        assertThat(texts(CHAT.written(BASE, "m", request).path("messages"), "content"))
                .containsExactly("s", "d", "hi", "late");
    }

    /// Pitfall 13: Claude Code thinks in budgets; who does not is told a step, or nothing by name.
    @Test
    void anAnthropicBudgetIsThoughtElsewhereToo() {
        ChatRequest request =
                MESSAGES.read(
                        """
                        {"model":"m","max_tokens":32000,"thinking":{"type":"enabled","budget_tokens":10000},
                        "messages":[{"role":"user","content":"hi"}]}\
                        """);
        String openAi = "https://api.openai.com/v1";
        assertThat(CHAT.written(openAi, "gpt-5.4", request).path("reasoning_effort").asText())
                .isEqualTo("medium");
        assertThat(RESPONSE.written(openAi, "gpt-5.4", request).at("/reasoning/effort").asText())
                .isEqualTo("medium");
        assertThat(
                        CONTENT.written(BASE, "gemini-2.5-pro", request)
                                .at("/generationConfig/thinkingConfig/thinkingBudget")
                                .asInt())
                .isEqualTo(10_000);
        assertThat(CHAT.written(BASE, "m", request).has("reasoning_effort")).isFalse();
        assertThat(Dialects.of(Protocol.OPENAI).cannotSay(CHAT.provider(BASE), "m"))
                .contains(Feature.THINKING_BUDGET);
    }

    /// Pitfall 13.
    @Test
    void severalAnswersAreRefusedByPlace() {
        refused(CHAT, "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"n\":2}", "n");
        refused(
                CONTENT,
                "{\"contents\":[{\"parts\":[{\"text\":\"a\"}]}],\"generationConfig\":{\"candidateCount\":2}}",
                "generationConfig.candidateCount");
    }

    private static void refused(Client client, String body, String place) {
        assertThatThrownBy(() ->
                        Dialects.of(client.protocol())
                                .read(body.getBytes(UTF_8), new RequestLine("m", true)))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class, e -> assertThat(e.place()).isEqualTo(place));
    }

    /// Pitfall 13: what only one protocol knows goes back to it, and is named for the others.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OPENAI|{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"verbosity\":\"low\"}|/verbosity",
                "ANTHROPIC|{\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"service_tier\":\"low\"}|/service_tier",
                "RESPONSES|{\"input\":\"a\",\"truncation\":\"low\"}|/truncation",
                "GEMINI|{\"contents\":[{\"parts\":[{\"text\":\"a\"}]}],\"cachedContent\":\"low\"}|/cachedContent",
            })
    void unknownFieldsPassOrAreNamed(Protocol protocol, String body, String place) {
        Client own = new Client(protocol);
        ChatRequest request = own.read(body);
        assertThat(own.written(BASE, "m", request).at(place).asText()).isEqualTo("low");
        for (Protocol other : Protocol.values()) {
            if (other != protocol) {
                assertThat(new Client(other).written(BASE, "m", request).at(place).isMissingNode())
                        .isTrue();
                assertThat(Features.used(request, other)).contains(Feature.FOREIGN);
                assertThat(Dialects.of(other).cannotSay()).contains(Feature.FOREIGN);
            }
        }
    }
}
