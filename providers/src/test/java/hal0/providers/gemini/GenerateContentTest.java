package hal0.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
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
import org.junit.jupiter.params.provider.CsvSource;

class GenerateContentTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final URI BASE = URI.create("https://h/v1beta");
    private static final Part PNG = new Part.Image(new MediaSource.Base64("image/png", "QUJD"));
    private static final Tool LS =
            new Tool(
                    "ls",
                    "lists files",
                    "{\"type\":\"object\",\"properties\":{\"n\":{\"const\":1.50}},\"additionalProperties\":false}");

    private static Provider provider(ModelInfo... models) {
        return Provider.builder("acme", Protocol.GEMINI, BASE).models(List.of(models)).build();
    }

    private static String text(String model, ChatRequest request) {
        return new String(
                new GenerateContent().encode(provider(), model, request), StandardCharsets.UTF_8);
    }

    private static JsonNode encoded(String model, ChatRequest request) {
        return read(text(model, request));
    }

    private static JsonNode contents(Message... messages) {
        return encoded("gemini-2.5-flash", ChatRequest.of("", List.of(messages))).get("contents");
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }

    private static void same(JsonNode json, String expected) {
        assertThat(json).isEqualTo(read(expected.replace('\'', '"')));
    }

    private static Message assistant(Part... parts) {
        return new Message(Role.ASSISTANT, List.of(parts));
    }

    private static Message user(Part... parts) {
        return new Message(Role.USER, List.of(parts));
    }

    private static Part result(String id, String text) {
        return new Part.ToolResult(id, List.of(new Part.Text(text)), false);
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-2.5-flash,true,/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
        "gemini-2.5-flash,false,/models/gemini-2.5-flash:generateContent",
        "models/gemini-x,false,/models/gemini-x:generateContent",
        "tunedModels/my-1,false,/tunedModels/my-1:generateContent",
        "a b/../c?key=1#,false,/models/a%20b%2F..%2Fc%3Fkey%3D1%23:generateContent"
    })
    void theAddressNamesTheModelAndHowItAnswers(String model, boolean streamed, String path) {
        assertThat(new GenerateContent().chatPath(BASE, model, streamed)).isEqualTo(path);
    }

    @Test
    void aBaseUrlThatIsOnlyAHostGetsTheVersion() {
        assertThat(new GenerateContent().modelsPath(URI.create("https://h")))
                .isEqualTo("/v1beta/models?pageSize=1000");
        assertThat(new GenerateContent().modelsPath(BASE)).isEqualTo("/models?pageSize=1000");
    }

    @Test
    void everythingThatARequestCanSay() {
        ChatRequest request =
                new ChatRequest(
                        "",
                        List.of(
                                Message.system("be brief"),
                                Message.user("Hé \"you\""),
                                Message.system("and kind")),
                        List.of(LS),
                        Options.builder()
                                .maxTokens(100)
                                .temperature(0.5)
                                .topP(0.9)
                                .stop(List.of("END"))
                                .toolChoice(new ToolChoice.Named("ls"))
                                .build(),
                        true);
        same(
                encoded("gemini-2.5-flash", request),
                """
                {'generationConfig':{'maxOutputTokens':100,'temperature':0.5,'topP':0.9,'stopSequences':['END']},
                'tools':[{'functionDeclarations':[{'name':'ls','description':'lists files','parametersJsonSchema':
                {'type':'object','properties':{'n':{'const':1.50}},'additionalProperties':false}}]}],
                'toolConfig':{'functionCallingConfig':{'mode':'ANY','allowedFunctionNames':['ls']}},
                'systemInstruction':{'parts':[{'text':'be brief'},{'text':'and kind'}]},
                'contents':[{'role':'user','parts':[{'text':'Hé \\'you\\''}]}]}\
                """
                        .replace("\\'", "\\\""));
        assertThat(text("gemini-2.5-flash", request)).contains("1.50");
    }

    @Test
    void whatIsLeftToTheProviderIsNotSaid() {
        same(
                encoded("m", ChatRequest.of("", List.of(Message.user("a")))),
                "{'contents':[{'role':'user','parts':[{'text':'a'}]}]}");
    }

    @Test
    void theChoiceOfToolsHasAMode() {
        assertThat(mode(new ToolChoice.None())).isEqualTo("NONE");
        assertThat(mode(new ToolChoice.Required())).isEqualTo("ANY");
        assertThat(mode(new ToolChoice.Auto())).isEmpty();
    }

    private static String mode(ToolChoice choice) {
        Options options = Options.builder().toolChoice(choice).build();
        return encoded(
                        "m",
                        new ChatRequest("", List.of(Message.user("a")), List.of(LS), options, true))
                .at("/toolConfig/functionCallingConfig/mode")
                .asText();
    }

    @Test
    void thoughtsAreAskedForWhereTheModelIsKnownToThink() {
        ModelInfo thinker =
                new ModelInfo("m", null, null, null, true, null, null, null, Price.UNKNOWN);
        byte[] bytes =
                new GenerateContent()
                        .encode(
                                provider(thinker),
                                "m",
                                ChatRequest.of("", List.of(Message.user("a"))));
        same(
                read(new String(bytes, StandardCharsets.UTF_8)).get("generationConfig"),
                "{'thinkingConfig':{'includeThoughts':true}}");
    }

    @Test
    void picturesGoInlineOrByTheirAddress() {
        same(
                contents(
                        user(
                                new Part.Text("see"),
                                PNG,
                                new Part.Image(new MediaSource.Url("https://x/y.JPG?z=1")),
                                new Part.Image(new MediaSource.Url("https://x/files/abc")),
                                new Part.Image(new MediaSource.Url("data:image/gif;base64,R0lG")))),
                """
                [{'role':'user','parts':[{'text':'see'},{'inlineData':{'mimeType':'image/png','data':'QUJD'}},
                {'fileData':{'mimeType':'image/jpeg','fileUri':'https://x/y.JPG?z=1'}},
                {'fileData':{'fileUri':'https://x/files/abc'}},
                {'inlineData':{'mimeType':'image/gif','data':'R0lG'}}]}]\
                """);
    }

    @Test
    void resultsStandFirstInOneContentInTheOrderOfTheirCalls() {
        same(
                contents(
                        Message.user("go"),
                        assistant(
                                new Part.Text("I look"),
                                new Part.ToolCall("c1", "ls", "{\"n\": 1.50}"),
                                new Part.ToolCall("c2", "cat", "{oops")),
                        user(new Part.Text("and now?"), result("c2", "two")),
                        user(new Part.ToolResult("c1", List.of(new Part.Text("one"), PNG), true))),
                """
                [{'role':'user','parts':[{'text':'go'}]},
                {'role':'model','parts':[{'text':'I look'},
                {'functionCall':{'id':'c1','name':'ls','args':{'n':1.50}}},
                {'functionCall':{'id':'c2','name':'cat','args':{'invalid_json':'{oops'}}}]},
                {'role':'user','parts':[
                {'functionResponse':{'id':'c1','name':'ls','response':{'error':'one'}}},
                {'functionResponse':{'id':'c2','name':'cat','response':{'output':'two'}}},
                {'text':'Image from the tool call c1:'},{'inlineData':{'mimeType':'image/png','data':'QUJD'}},
                {'text':'and now?'}]}]\
                """);
    }

    @Test
    void anIdThatTheApiDidNotGiveDoesNotGoBackToIt() {
        String id = CallIds.invented("r1", 0);
        same(
                contents(assistant(new Part.ToolCall(id, "ls", "")), user(result(id, "x"))),
                """
                [{'role':'model','parts':[{'functionCall':{'name':'ls','args':{}}}]},
                {'role':'user','parts':[{'functionResponse':{'name':'ls','response':{'output':'x'}}}]}]\
                """);
    }

    @Test
    void aResultWithoutItsCallIsSaidInWords() {
        same(
                contents(user(result("gone", "x"), new Part.Text("so?"))),
                "[{'role':'user','parts':[{'text':'Result of the tool call gone: x'},{'text':'so?'}]}]");
    }

    @Test
    void signaturesGoBackWhereTheyWere() {
        same(
                contents(
                        assistant(
                                new Part.Thinking("mine", null),
                                new Part.Thinking("plan", "c2ln/A+="),
                                new Part.RedactedThinking("not ours"),
                                new Part.Text("four"),
                                new Part.Thinking("", "ZW5k"),
                                new Part.ToolCall("c1", "ls", "{}", "Y2FsbA=="),
                                new Part.ToolCall("c2", "ls", "{}"))),
                """
                [{'role':'model','parts':[{'text':'plan','thought':true,'thoughtSignature':'c2ln/A+='},
                {'text':'four'},{'text':'','thoughtSignature':'ZW5k'},
                {'functionCall':{'id':'c1','name':'ls','args':{}},'thoughtSignature':'Y2FsbA=='},
                {'functionCall':{'id':'c2','name':'ls','args':{}}}]}]\
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-3.1-pro-preview,skip_thought_signature_validator",
        "models/gemini-flash-latest,skip_thought_signature_validator",
        "gemini-2.5-flash,''",
        "gemma-4,''"
    })
    void aCallOfAnotherModelGetsTheSignatureThatIsMeantForIt(String model, String signature) {
        JsonNode parts =
                encoded(
                                model,
                                ChatRequest.of(
                                        "",
                                        List.of(
                                                assistant(
                                                        new Part.ToolCall("c1", "ls", "{}"),
                                                        new Part.ToolCall("c2", "ls", "{}")))))
                        .at("/contents/0/parts");
        assertThat(parts.at("/0/thoughtSignature").asText()).isEqualTo(signature);
        assertThat(parts.at("/1").has("thoughtSignature")).isFalse();
    }

    @Test
    void whatWasSaidKeepsItsBytes() {
        List<Message> messages = new ArrayList<>(List.of(Message.system("s"), Message.user("a")));
        messages.add(assistant(new Part.ToolCall("c1", "ls", "{}", "c2ln")));
        messages.add(user(result("c1", "x")));
        String before = text("gemini-3-pro", ChatRequest.of("", messages));
        messages.add(Message.assistant("b"));
        messages.add(Message.user("c"));
        String prefix = before.substring(0, before.length() - "]}".length());
        assertThat(text("gemini-3-pro", ChatRequest.of("", messages))).startsWith(prefix);
    }

    @Test
    void aSchemaThatIsNoObjectIsRefused() {
        ChatRequest request =
                new ChatRequest(
                        "",
                        List.of(Message.user("a")),
                        List.of(new Tool("ls", null, "{oops")),
                        Options.DEFAULT,
                        true);
        assertThatThrownBy(() -> text("m", request))
                .isInstanceOf(ProviderException.Rejected.class)
                .hasMessageContaining("ls");
    }
}
