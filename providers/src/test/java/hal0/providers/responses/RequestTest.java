package hal0.providers.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.ReadRequest;
import hal0.providers.dialect.RequestLine;
import hal0.providers.error.ProviderException;
import hal0.providers.message.CacheMark;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Extra;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.OutputFormat;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Reasoning;
import hal0.providers.message.Role;
import hal0.providers.message.Tool;
import hal0.providers.message.ToolChoice;
import hal0.providers.price.Price;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RequestTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Responses RESPONSES = new Responses();
    private static final Provider PROVIDER =
            Provider.builder("acme", Protocol.RESPONSES, URI.create("http://h/v1")).build();
    private static final Tool LS =
            new Tool("ls", "lists files", "{\"type\":\"object\",\"properties\":{}}");
    private static final Part PNG = new Part.Image(new MediaSource.Base64("image/png", "QUJD"));

    private static String encode(ChatRequest request) {
        return new String(RESPONSES.encode(PROVIDER, "gpt-x", request), UTF_8);
    }

    private static ReadRequest readWhole(String json) throws InvalidRequestException {
        return RESPONSES.read(json.replace('\'', '"').getBytes(UTF_8), RequestLine.SILENT);
    }

    private static ChatRequest read(String json) throws InvalidRequestException {
        return readWhole(json).request();
    }

    private static void same(String json, String expected) throws IOException {
        assertThat(JSON.readTree(json)).isEqualTo(JSON.readTree(expected.replace('\'', '"')));
    }

    private static ChatRequest of(Message... messages) {
        return new ChatRequest("gpt-x", List.of(messages), List.of(), Options.DEFAULT, false);
    }

    private static Message user(Part... parts) {
        return new Message(Role.USER, List.of(parts));
    }

    private static Message assistant(Part... parts) {
        return new Message(Role.ASSISTANT, List.of(parts));
    }

    private static Part result(String id, Part... content) {
        return new Part.ToolResult(id, List.of(content), false);
    }

    /// A conversation of everything that this protocol can say.
    private static ChatRequest everything() {
        String seal =
                SealedReasoning.seal(
                        "rs_1",
                        List.of(
                                new SealedReasoning.Piece(SealedReasoning.Kind.SUMMARY, "one"),
                                new SealedReasoning.Piece(SealedReasoning.Kind.SUMMARY, "two")),
                        "gAAA\n=");
        Options options =
                Options.builder()
                        .maxTokens(50)
                        .temperature(0.5)
                        .topP(0.9)
                        .parallelTools(false)
                        .toolChoice(new ToolChoice.Named("ls"))
                        .reasoning(new Reasoning(Reasoning.Effort.XHIGH, null, true))
                        .format(
                                new OutputFormat.JsonSchema(
                                        "answer", "an answer", "{\"type\":\"object\"}", true))
                        .user("u1")
                        .build();
        return new ChatRequest(
                "gpt-x",
                List.of(
                        Message.system("be brief"),
                        user(
                                new Part.Text("look"),
                                PNG,
                                new Part.Image(new MediaSource.Url("https://x/y.png"), "low"),
                                new Part.Image(new MediaSource.FileId("file_1")),
                                new Part.Document(
                                        new MediaSource.Base64("application/pdf", "UERG"), "a.pdf"),
                                new Part.Document(
                                        new MediaSource.Base64("text/plain", "dHh0"), null),
                                new Part.Document(new MediaSource.Url("https://x/z.pdf"), null),
                                new Part.Document(new MediaSource.FileId("file_2"), null)),
                        assistant(
                                new Part.Thinking("one\n\ntwo", seal),
                                new Part.Thinking("foreign", "EqQ="),
                                new Part.RedactedThinking("red"),
                                MessagePhase.mark("commentary"),
                                new Part.Text("I look."),
                                new Part.Text("Really."),
                                new Part.ToolCall("c1", "ls", "{\"n\": 1.50}", "signed"),
                                new Part.ToolCall("c2", "ls", "{oops"),
                                new Part.Opaque(
                                        Protocol.RESPONSES,
                                        "{\"type\":\"web_search_call\",\"id\":\"ws_1\",\"status\":\"completed\",\"action\":{\"type\":\"search\",\"query\":\"q\"}}")),
                        user(result("c1", new Part.Text("a.txt"), PNG), result("c2")),
                        user(new Part.Text("go on")),
                        Message.system("and kind"),
                        user(new Part.Text("ok"))),
                List.of(LS, new Tool("cat", null, "{\"type\":\"object\"}", true, null)),
                options,
                true,
                new Extra(
                        Protocol.RESPONSES,
                        new java.util.LinkedHashMap<>(
                                Map.of(
                                        "metadata", "{\"a\":\"b\"}",
                                        "reasoning.context", "\"auto\"",
                                        "text.verbosity", "\"low\"",
                                        "tools", "[{\"type\":\"web_search\"}]",
                                        "previous_response_id", "\"resp_1\""))));
    }

    @Test
    void whatIsWrittenIsReadAsItWas() throws Exception {
        ChatRequest request = everything();
        ReadRequest again = readWhole(encode(request));
        assertThat(again.request().messages()).isEqualTo(request.messages());
        assertThat(again.request().tools()).isEqualTo(request.tools());
        assertThat(again.request().options()).isEqualTo(request.options());
        assertThat(again.request().extra().fields()).isEqualTo(request.extra().fields());
        assertThat(again.request().stream()).isTrue();
        assertThat(again.ignored()).isEmpty();
    }

    @Test
    void aConversationWithTools() throws Exception {
        same(
                encode(
                        of(
                                Message.system("be brief"),
                                user(new Part.Text("look"), PNG),
                                assistant(
                                        new Part.Thinking("plain", null),
                                        new Part.Text("so"),
                                        new Part.ToolCall("c1", "ls", "")),
                                user(
                                        result("c1", new Part.Text("x"), PNG),
                                        new Part.Text("go on")))),
                """
                {'model':'gpt-x','stream':false,'store':false,'include':['reasoning.encrypted_content'],
                'instructions':'be brief','input':[
                {'type':'message','role':'user','content':[{'type':'input_text','text':'look'},
                {'type':'input_image','detail':'auto','image_url':'data:image/png;base64,QUJD'}]},
                {'type':'message','role':'assistant','content':'so'},
                {'type':'function_call','call_id':'c1','name':'ls','arguments':'{}'},
                {'type':'function_call_output','call_id':'c1','output':[{'type':'input_text','text':'x'},
                {'type':'input_image','detail':'auto','image_url':'data:image/png;base64,QUJD'}]},
                {'type':'message','role':'user','content':'go on'}]}\
                """);
    }

    /// Pitfall 5.
    @Test
    void aReasoningItemComesBackAsItWas() throws Exception {
        String item =
                "{'type':'reasoning','id':'rs_1','summary':[{'type':'summary_text','text':'a'},{'type':'summary_text','text':'b\\n\\nc'}],'encrypted_content':'gAAA=='}";
        ChatRequest request = read("{'model':'m','input':[" + item + "]}");
        assertThat(request.messages()).hasSize(1);
        assertThat(JSON.readTree(encode(request)).path("input").path(0))
                .isEqualTo(JSON.readTree(item.replace('\'', '"')));
        Part.Thinking thought = (Part.Thinking) request.messages().getFirst().parts().getFirst();
        ChatRequest changed = of(assistant(new Part.Thinking("cut short", thought.signature())));
        JsonNode sent = JSON.readTree(encode(changed)).path("input").path(0);
        assertThat(sent.path("encrypted_content").asText()).isEqualTo("gAAA==");
        assertThat(sent.path("summary").path(0).path("text").asText()).isEqualTo("cut short");
    }

    /// Whatever a client calls a signature, the request can be written.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"s1 c2", "s-1", "s4294967295", "s", "x1", "s1  s2", "s999999999 s999999999"})
    void aSealThatIsNoneHarmsNobody(String stretches) throws Exception {
        String forged =
                java.util.Base64.getEncoder()
                        .encodeToString(("hal0rs\nrs_1\n" + stretches + "\nenc").getBytes(UTF_8));
        for (String signature : List.of(forged, forged.substring(0, 11), "aGFsMHJz", "aGFsMHJz!")) {
            ChatRequest request = of(assistant(new Part.Thinking("words", signature)));
            JsonNode item = JSON.readTree(encode(request)).path("input").path(0);
            assertThat(item.path("summary").path(0).path("text").asText()).isEqualTo("words");
        }
    }

    @Test
    void optionsHaveTheirWords() throws Exception {
        Options options =
                Options.builder()
                        .format(new OutputFormat.JsonObject())
                        .reasoning(new Reasoning(Reasoning.Effort.NONE, null, false))
                        .toolChoice(new ToolChoice.Required())
                        .build();
        same(
                encode(new ChatRequest("m", List.of(), List.of(LS), options, true)),
                """
                {'model':'gpt-x','stream':true,'store':false,'include':['reasoning.encrypted_content'],
                'reasoning':{'effort':'none','summary':null},'text':{'format':{'type':'json_object'}},
                'tools':[{'type':'function','name':'ls','description':'lists files',
                'parameters':{'type':'object','properties':{}},'strict':false}],'tool_choice':'required','input':[]}\
                """);
    }

    /// A model that does not think refuses to be asked for its encrypted thoughts.
    @ParameterizedTest
    @CsvSource({
        "gpt-5.1,true",
        "o3,true",
        "openai/gpt-4o,false",
        "gpt-4.1-mini,false",
        "gpt-5-chat-latest,false",
        "known-not-to,false"
    })
    void encryptedThoughtsAreAskedForWhereThereMayBeSome(String model, boolean asked) {
        Provider provider =
                PROVIDER.toBuilder()
                        .models(
                                List.of(
                                        new ModelInfo(
                                                "known-not-to",
                                                null,
                                                null,
                                                null,
                                                false,
                                                null,
                                                null,
                                                null,
                                                Price.UNKNOWN)))
                        .build();
        String json = new String(RESPONSES.encode(provider, model, of()), UTF_8);
        assertThat(json.contains("reasoning.encrypted_content")).isEqualTo(asked);
    }

    @Test
    void openAiIsNotAskedForLessThanItGives() {
        Provider openAi =
                Provider.builder("o", Protocol.RESPONSES, URI.create("https://api.openai.com/v1"))
                        .build();
        ChatRequest request = of(Message.user("hi")).withOptions(Options.DEFAULT.withMaxTokens(1));
        assertThat(new String(RESPONSES.encode(openAi, "gpt-5", request), UTF_8))
                .contains("\"max_output_tokens\":16");
        assertThat(encode(request)).contains("\"max_output_tokens\":1");
    }

    /// Pitfall 8.
    @Test
    void aTurnBeginsWithTheBytesOfTheTurnBefore() {
        List<Message> messages = new ArrayList<>(List.of(Message.system("s"), Message.user("a")));
        String before = encode(new ChatRequest("m", messages, List.of(LS), Options.DEFAULT, true));
        messages.add(
                assistant(
                        new Part.Thinking("t", "sig"),
                        new Part.Text("b"),
                        new Part.ToolCall("c1", "ls", "{}")));
        messages.add(user(result("c1", new Part.Text("x"))));
        String after = encode(new ChatRequest("m", messages, List.of(LS), Options.DEFAULT, true));
        assertThat(after).startsWith(before.substring(0, before.length() - 2));
        messages.add(assistant(new Part.Thinking("t", "sig2")));
        String later = encode(new ChatRequest("m", messages, List.of(LS), Options.DEFAULT, true));
        assertThat(later).startsWith(after.substring(0, after.length() - 2));
    }

    @Test
    void aSchemaThatIsNotJsonIsRefusedByName() {
        ChatRequest tool =
                new ChatRequest(
                        "m",
                        List.of(),
                        List.of(new Tool("broken", null, "{\"type\":")),
                        Options.DEFAULT,
                        true);
        assertThatThrownBy(() -> encode(tool))
                .isInstanceOf(ProviderException.Rejected.class)
                .hasMessageContaining("broken");
    }

    /// Pitfall 13.
    @Test
    void theFormsThatClientsUse() throws Exception {
        ReadRequest read =
                readWhole(
                        """
                        {'model':'m','stream':true,'store':true,'include':['reasoning.encrypted_content','message.output_text.logprobs'],'truncation':'auto','service_tier':null,
                        'input':[{'role':'developer','content':'d'},
                        {'role':'user','content':[{'type':'input_text','text':'a','prompt_cache_breakpoint':{'mode':'explicit'}},
                        {'type':'input_audio','input_audio':{'data':'QQ==','format':'mp3'}}]},
                        {'type':'message','role':'assistant','id':'msg_1','status':'completed','phase':'commentary',
                        'content':[{'type':'output_text','text':'b','annotations':[]},{'type':'refusal','refusal':'no'}]},
                        {'type':'reasoning','id':'rs_2','summary':[],'content':[{'type':'reasoning_text','text':'raw'}]},
                        {'type':'function_call','id':'fc_1','call_id':'c1','name':'ls','arguments':'','namespace':'files'},
                        {'type':'custom_tool_call','call_id':'c2','name':'sql','input':'SELECT'},
                        {'type':'function_call_output','call_id':'c1','output':'x'},
                        {'type':'custom_tool_call_output','call_id':'c2','output':'y'},
                        {'id':'msg_7'}],
                        'tools':[{'type':'function','name':'ls','parameters':null,'strict':false,'defer_loading':true},
                        {'type':'custom','name':'sql'}],
                        'tool_choice':{'type':'allowed_tools','mode':'auto','tools':[]},
                        'reasoning':{'effort':'minimal','summary':'detailed'},'text':{'format':{'type':'text'}}}\
                        """);
        assertThat(read.request().messages())
                .containsExactly(
                        Message.system("d"),
                        user(
                                new Part.Text("a"),
                                new Part.Cache(CacheMark.SHORT),
                                new Part.Audio(new MediaSource.Base64("audio/mpeg", "QQ=="))),
                        assistant(
                                MessagePhase.mark("commentary"),
                                new Part.Text("b"),
                                new Part.Text("no"),
                                new Part.Thinking("raw", null),
                                new Part.ToolCall("c1", "ls", "{}"),
                                new Part.Opaque(
                                        Protocol.RESPONSES,
                                        "{\"type\":\"custom_tool_call\",\"call_id\":\"c2\",\"name\":\"sql\",\"input\":\"SELECT\"}")),
                        user(
                                result("c1", new Part.Text("x")),
                                new Part.Opaque(
                                        Protocol.RESPONSES,
                                        "{\"type\":\"custom_tool_call_output\",\"call_id\":\"c2\",\"output\":\"y\"}"),
                                new Part.Opaque(Protocol.RESPONSES, "{\"id\":\"msg_7\"}")));
        assertThat(read.ignored())
                .containsExactlyInAnyOrder(
                        "input[4].namespace", "input[8]", "tools[0].defer_loading");
        assertThat(read.request().extra().fields())
                .containsOnlyKeys(
                        "tools",
                        "tool_choice",
                        "reasoning.summary",
                        "store",
                        "include",
                        "truncation");
        assertThat(read.request().options().reasoning())
                .isEqualTo(new Reasoning(Reasoning.Effort.MINIMAL, null, true));
        assertThat(read.request().tools())
                .containsExactly(new Tool("ls", null, "{\"type\":\"object\",\"properties\":{}}"));
        JsonNode back = JSON.readTree(encode(read.request()));
        assertThat(back.path("store").asBoolean()).as("the client's own wish").isTrue();
        assertThat(back.path("include").toString())
                .isEqualTo("[\"reasoning.encrypted_content\",\"message.output_text.logprobs\"]");
        assertThat(back.path("tool_choice").path("type").asText()).isEqualTo("allowed_tools");
        assertThat(back.path("tools").path(1).path("type").asText()).isEqualTo("custom");
        assertThat(back.path("reasoning").path("summary").asText()).isEqualTo("detailed");
    }

    @Test
    void aTextIsAnInputAndAnEarlierAnswerToo() throws Exception {
        assertThat(read("{'model':'m','input':'hi'}").messages())
                .containsExactly(Message.user("hi"));
        ChatRequest goesOn = read("{'model':'m','previous_response_id':'resp_1'}");
        assertThat(goesOn.messages()).isEmpty();
        assertThat(goesOn.extra().in(Protocol.RESPONSES))
                .containsEntry("previous_response_id", "\"resp_1\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'input':'x'} | model",
                "{'model':'m'} | input",
                "{'model':'m','input':7} | input",
                "{'model':'m','input':['x']} | input[0]",
                "{'model':'m','input':[{}]} | input[0]",
                "{'model':'m','input':[{'role':'tool','content':'x'}]} | input[0].role",
                "{'model':'m','input':[{'role':'user','content':[{'type':'image_url'}]}]} | input[0].content[0].type",
                "{'model':'m','input':[{'role':'user','content':[{'type':'input_image'}]}]} | input[0].content[0]",
                "{'model':'m','input':[{'type':'function_call','call_id':'c'}]} | input[0].name",
                "{'model':'m','input':[{'type':'function_call_output','call_id':'c'}]} | input[0].output",
                "{'model':'m','input':'x','background':true} | background",
                "{'model':'m','input':'x','max_output_tokens':-1} | max_output_tokens",
                "{'model':'m','input':'x','tool_choice':'any'} | tool_choice",
                "{'model':'m','input':'x','tools':[{'name':'a'}]} | tools[0].type",
                "{'model':'m','input':'x','reasoning':{'effort':'huge'}} | reasoning.effort",
                "{'model':'m','input':'x','text':{'format':{'type':'xml'}}} | text.format.type"
            })
    void whatIsWrongIsNamedByItsPlace(String json, String place) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        e -> {
                            assertThat(e.place()).isEqualTo(place);
                            assertThat(e).hasMessageContaining(place);
                        });
    }

    static List<Long> seeds() {
        return java.util.stream.LongStream.range(0, 40).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aBrokenBodyIsRefusedOrReadAndNothingElse(long seed) {
        byte[] good = encode(everything()).getBytes(UTF_8);
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            byte[] bad = Arrays.copyOf(good, 1 + random.nextInt(good.length));
            if (round % 2 == 0) {
                bad = good.clone();
                for (int i = 0; i < 1 + random.nextInt(8); i++) {
                    bad[random.nextInt(bad.length)] =
                            (byte) "{}[]\",:0antf\\ ".charAt(random.nextInt(14));
                }
            }
            try {
                encode(RESPONSES.read(bad, RequestLine.SILENT).request());
            } catch (InvalidRequestException | ProviderException.Rejected e) {
                assertThat(e).hasMessageNotContaining("null pointer");
            }
        }
    }

    @Test
    void tokensAreCountedWithWhatTheEndpointKnows() throws Exception {
        ChatRequest request = everything();
        JsonNode count = JSON.readTree(RESPONSES.encodeCount(PROVIDER, "gpt-x", request));
        assertThat(count.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "model",
                        "parallel_tool_calls",
                        "reasoning",
                        "text",
                        "tools",
                        "tool_choice",
                        "previous_response_id",
                        "instructions",
                        "input");
        AnswerErrors errors = new AnswerErrors(PROVIDER, "m", List.of(), InstantSource.system());
        assertThat(RESPONSES.readCount(RESPONSES.writeCount(42), errors)).isEqualTo(42);
        assertThatThrownBy(() -> RESPONSES.readCount("{}".getBytes(UTF_8), errors))
                .isInstanceOf(ProviderException.BadStream.class)
                .hasMessageContaining("input_tokens");
        assertThat(
                        RESPONSES
                                .readCountRequest(
                                        count.toString().getBytes(UTF_8), RequestLine.SILENT)
                                .request()
                                .messages())
                .isEqualTo(request.messages());
    }
}
