package hal0.providers.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.client.Dialects;
import hal0.providers.error.ProviderException;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Role;
import hal0.providers.message.Tool;
import hal0.providers.message.ToolChoice;
import hal0.providers.price.Price;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestWritersTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Part PNG = new Part.Image(new MediaSource.Base64("image/png", "QUJD"));
    private static final Part LINK = new Part.Image(new MediaSource.Url("https://x/y.png"));
    private static final Tool LS =
            new Tool("ls", "lists files", "{\"type\":\"object\",\"properties\":{}}");

    private static Provider provider(Protocol protocol, String base) {
        return Provider.builder("acme", protocol, URI.create(base)).injectUsage(true).build();
    }

    private static String encode(Provider provider, ChatRequest request) {
        byte[] bytes = Dialects.of(provider.protocol()).encode(provider, "m", request);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String openAi(ChatRequest request) {
        return encode(provider(Protocol.OPENAI, "http://h/v1"), request);
    }

    private static String anthropic(ChatRequest request) {
        return encode(provider(Protocol.ANTHROPIC, "http://h"), request);
    }

    private static void same(String json, String expected) {
        try {
            assertThat(JSON.readTree(json)).isEqualTo(JSON.readTree(expected.replace('\'', '"')));
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }

    private static ChatRequest of(Message... messages) {
        return new ChatRequest("m", List.of(messages), List.of(), Options.DEFAULT, false);
    }

    private static Message user(Part... parts) {
        return new Message(Role.USER, List.of(parts));
    }

    private static Message assistant(Part... parts) {
        return new Message(Role.ASSISTANT, List.of(parts));
    }

    private static Part result(String id, boolean failed, Part... content) {
        return new Part.ToolResult(id, List.of(content), failed);
    }

    @Test
    void textAndImagesForOpenAi() {
        same(
                openAi(
                        of(
                                Message.system("be brief"),
                                Message.user("hi"),
                                Message.assistant("yes?"),
                                user(new Part.Text("look"), PNG, LINK))),
                """
                {'model':'m','stream':false,'messages':[
                {'role':'system','content':'be brief'},
                {'role':'user','content':'hi'},
                {'role':'assistant','content':'yes?'},
                {'role':'user','content':[{'type':'text','text':'look'},
                {'type':'image_url','image_url':{'url':'data:image/png;base64,QUJD'}},
                {'type':'image_url','image_url':{'url':'https://x/y.png'}}]}]}\
                """);
    }

    @Test
    void textAndImagesForAnthropic() {
        same(
                anthropic(
                        of(
                                Message.system("be brief"),
                                Message.user("hi"),
                                Message.system(""),
                                Message.system("and kind"),
                                user(new Part.Text("look"), new Part.Text(""), PNG, LINK))),
                """
                {'model':'m','max_tokens':8192,'stream':false,
                'system':[{'type':'text','text':'be brief'},{'type':'text','text':'and kind'}],
                'messages':[{'role':'user','content':[{'type':'text','text':'hi'},
                {'type':'text','text':'look'},
                {'type':'image','source':{'type':'base64','media_type':'image/png','data':'QUJD'}},
                {'type':'image','source':{'type':'url','url':'https://x/y.png'}}]}]}\
                """);
    }

    private static ChatRequest withResults() {
        return of(
                Message.user("go"),
                assistant(
                        new Part.Thinking("hmm", "sig"),
                        new Part.RedactedThinking("xyz"),
                        new Part.Thinking("foreign", null),
                        new Part.ToolCall("c1", "ls", ""),
                        new Part.ToolCall("c2", "cat", "{\"n\": 1.50}"),
                        new Part.ToolCall("c3", "cat", "{oops")),
                user(new Part.Text("note"), result("c1", false, new Part.Text("a.txt"), PNG)),
                user(result("c2", true, new Part.Text("no such file")), new Part.Text("go on")));
    }

    @Test
    void resultsOfToolsComeFirstAndTogetherForOpenAi() {
        same(
                openAi(withResults()),
                """
                {'model':'m','stream':false,'messages':[
                {'role':'user','content':'go'},
                {'role':'assistant','content':null,'tool_calls':[
                {'id':'c1','type':'function','function':{'name':'ls','arguments':'{}'}},
                {'id':'c2','type':'function','function':{'name':'cat','arguments':'{\\"n\\": 1.50}'}},
                {'id':'c3','type':'function','function':{'name':'cat','arguments':'{oops'}}]},
                {'role':'tool','tool_call_id':'c1','content':'a.txt'},
                {'role':'tool','tool_call_id':'c2','content':'Error: no such file'},
                {'role':'user','content':[{'type':'text','text':'Image from the tool call c1:'},
                {'type':'image_url','image_url':{'url':'data:image/png;base64,QUJD'}},
                {'type':'text','text':'note'}]},
                {'role':'user','content':'go on'}]}\
                """);
    }

    @Test
    void resultsOfToolsAreInOneMessageForAnthropicAndThoughtsComeBack() {
        String json = anthropic(withResults());
        same(
                json,
                """
                {'model':'m','max_tokens':8192,'stream':false,'messages':[
                {'role':'user','content':[{'type':'text','text':'go','cache_control':{'type':'ephemeral'}}]},
                {'role':'assistant','content':[
                {'type':'thinking','thinking':'hmm','signature':'sig'},
                {'type':'redacted_thinking','data':'xyz'},
                {'type':'tool_use','id':'c1','name':'ls','input':{}},
                {'type':'tool_use','id':'c2','name':'cat','input':{'n':1.50}},
                {'type':'tool_use','id':'c3','name':'cat','input':{'invalid_json':'{oops'}}]},
                {'role':'user','content':[
                {'type':'tool_result','tool_use_id':'c1','content':[{'type':'text','text':'a.txt'},
                {'type':'image','source':{'type':'base64','media_type':'image/png','data':'QUJD'}}]},
                {'type':'tool_result','tool_use_id':'c2','is_error':true,'content':[{'type':'text','text':'no such file'}]},
                {'type':'text','text':'note'},{'type':'text','text':'go on','cache_control':{'type':'ephemeral'}}]}]}\
                """);
        assertThat(json).as("numbers as they were written").contains("{\"n\": 1.50}");
    }

    @Test
    void optionsAndTools() {
        Options options =
                Options.builder()
                        .maxTokens(50)
                        .temperature(0.5)
                        .topP(0.9)
                        .stop(List.of("END"))
                        .toolChoice(new ToolChoice.Named("ls"))
                        .build();
        ChatRequest request =
                new ChatRequest("m", List.of(Message.user("hi")), List.of(LS), options, true);
        same(
                openAi(request),
                """
                {'model':'m','stream':true,'stream_options':{'include_usage':true},'max_tokens':50,
                'temperature':0.5,'top_p':0.9,'stop':['END'],
                'tools':[{'type':'function','function':{'name':'ls','description':'lists files','parameters':{'type':'object','properties':{}}}}],
                'tool_choice':{'type':'function','function':{'name':'ls'}},
                'messages':[{'role':'user','content':'hi'}]}\
                """);
        same(
                anthropic(request),
                """
                {'model':'m','max_tokens':50,'stream':true,
                'temperature':0.5,'top_p':0.9,'stop_sequences':['END'],
                'tools':[{'name':'ls','description':'lists files','input_schema':{'type':'object','properties':{}},'cache_control':{'type':'ephemeral'}}],
                'tool_choice':{'type':'tool','name':'ls'},
                'messages':[{'role':'user','content':[{'type':'text','text':'hi','cache_control':{'type':'ephemeral'}}]}]}\
                """);
    }

    @Test
    void everyToolChoiceHasItsWord() {
        for (var c :
                List.of(
                        List.of(new ToolChoice.None(), "\"none\"", "{\"type\":\"none\"}"),
                        List.of(new ToolChoice.Required(), "\"required\"", "{\"type\":\"any\"}"))) {
            ChatRequest request =
                    new ChatRequest(
                            "m",
                            List.of(Message.user("hi")),
                            List.of(LS),
                            Options.builder().toolChoice((ToolChoice) c.get(0)).build(),
                            true);
            assertThat(openAi(request)).contains("\"tool_choice\":" + c.get(1));
            assertThat(anthropic(request)).contains("\"tool_choice\":" + c.get(2));
        }
        ChatRequest auto =
                new ChatRequest(
                        "m", List.of(Message.user("hi")), List.of(LS), Options.DEFAULT, true);
        assertThat(openAi(auto) + anthropic(auto)).doesNotContain("tool_choice");
    }

    @Test
    void theLimitHasTheNameThatTheServerKnows() {
        ChatRequest request =
                new ChatRequest(
                        "m",
                        List.of(Message.user("hi")),
                        List.of(),
                        Options.DEFAULT.withMaxTokens(9),
                        false);
        assertThat(encode(provider(Protocol.OPENAI, "https://api.openai.com/v1"), request))
                .contains("\"max_completion_tokens\":9")
                .doesNotContain("\"max_tokens\"");
        Provider knows =
                provider(Protocol.ANTHROPIC, "http://h").toBuilder()
                        .models(
                                List.of(
                                        new ModelInfo(
                                                "m",
                                                null,
                                                null,
                                                777L,
                                                null,
                                                null,
                                                null,
                                                null,
                                                Price.UNKNOWN)))
                        .build();
        assertThat(encode(knows, of(Message.user("hi")))).contains("\"max_tokens\":777");
    }

    @Test
    void usageIsNotAskedForWhereItIsRefused() {
        Provider refuses =
                provider(Protocol.OPENAI, "http://h/v1").toBuilder().injectUsage(false).build();
        assertThat(encode(refuses, ChatRequest.of("m", List.of(Message.user("hi")))))
                .doesNotContain("stream_options");
    }

    @Test
    void reasoningComesBackToDeepSeekWithItsToolCallsOnly() {
        ChatRequest request =
                of(
                        Message.user("a"),
                        assistant(new Part.Thinking("why", null), new Part.Text("b")),
                        Message.user("c"),
                        assistant(
                                new Part.Thinking("because", null),
                                new Part.ToolCall("c1", "ls", "{}")),
                        user(result("c1", false)));
        String json = encode(provider(Protocol.OPENAI, "https://api.deepseek.com/v1"), request);
        assertThat(json).contains("\"reasoning_content\":\"because\"").doesNotContain("why");
        assertThat(openAi(request)).doesNotContain("reasoning_content");
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "ANTHROPIC"})
    void aTurnBeginsWithTheBytesOfTheTurnBefore(Protocol protocol) {
        Provider provider = provider(protocol, "http://h");
        List<Message> messages = new ArrayList<>(List.of(Message.system("s"), Message.user("a")));
        String before =
                encode(
                        provider,
                        new ChatRequest("m", messages, List.of(LS), Options.DEFAULT, true));
        messages.add(assistant(new Part.Text("b"), new Part.ToolCall("c1", "ls", "{}")));
        messages.add(user(result("c1", false, new Part.Text("x"))));
        String after =
                encode(
                        provider,
                        new ChatRequest("m", messages, List.of(LS), Options.DEFAULT, true));
        // Marks move on; the provider compares what they stand in.
        String mark = ",\"cache_control\":{\"type\":\"ephemeral\"}";
        String said = before.replace(mark, "");
        assertThat(after.replace(mark, "")).startsWith(said.substring(0, said.length() - 2));
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "ANTHROPIC"})
    void aSchemaThatIsNotJsonIsRefusedByName(Protocol protocol) {
        ChatRequest request =
                new ChatRequest(
                        "m",
                        List.of(Message.user("hi")),
                        List.of(new Tool("broken", null, "{\"type\":")),
                        Options.DEFAULT,
                        true);
        assertThatThrownBy(() -> encode(provider(protocol, "http://h"), request))
                .isInstanceOf(ProviderException.Rejected.class)
                .hasMessageContaining("broken");
    }
}
