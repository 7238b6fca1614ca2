package hal0.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hal0.providers.Provider;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.ReadRequest;
import hal0.providers.dialect.RequestLine;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Extra;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Message;
import hal0.providers.message.OutputFormat;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Reasoning;
import hal0.providers.message.Role;
import hal0.providers.message.Tool;
import hal0.providers.message.ToolChoice;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a server understands of what clients of Gemini send.
class GeminiServerTest {
    private static final GenerateContent DIALECT = new GenerateContent();
    private static final RequestLine LINE = new RequestLine("models/gemini-3-pro", true);
    private static final String ASKS = "'contents':[{'role':'user','parts':[{'text':'hi'}]}]";

    private static ReadRequest read(String json) {
        try {
            return DIALECT.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), LINE);
        } catch (InvalidRequestException e) {
            throw new AssertionError(e.place(), e);
        }
    }

    private static ChatRequest asks(String more) {
        return read("{" + ASKS + "," + more + "}").request();
    }

    private static List<Message> contents(String contents) {
        return read("{'contents':[" + contents + "]}").request().messages();
    }

    private static List<Part> user(String parts) {
        return contents("{'role':'user','parts':[" + parts + "]}").getFirst().parts();
    }

    private static String written(ChatRequest request) {
        Provider provider =
                Provider.builder("acme", Protocol.GEMINI, URI.create("http://h/v1beta")).build();
        return new String(
                DIALECT.encode(provider, "gemini-3-pro", request), StandardCharsets.UTF_8);
    }

    @Test
    void namesMayBeInEitherSpelling() {
        String camel =
                "{'systemInstruction':{'parts':[{'text':'be brief'}]},"
                        + ASKS
                        + ",'generationConfig':{'maxOutputTokens':5,'topP':0.5,'stopSequences':['x'],'responseMimeType':'application/json','thinkingConfig':{'thinkingLevel':'LOW','includeThoughts':true}},"
                        + "'toolConfig':{'functionCallingConfig':{'mode':'ANY','allowedFunctionNames':['f']}},"
                        + "'tools':[{'functionDeclarations':[{'name':'f','parametersJsonSchema':{'type':'object'}}]}],'safetySettings':[{'category':'c'}]}";
        String snake =
                "{'system_instruction':{'parts':{'text':'be brief'}},"
                        + ASKS
                        + ",'generation_config':{'max_output_tokens':'5','top_p':0.5,'stop_sequences':['x'],'response_mime_type':'application/json','thinking_config':{'thinking_level':'low','include_thoughts':true}},"
                        + "'tool_config':{'function_calling_config':{'mode':'any','allowed_function_names':['f']}},"
                        + "'tools':[{'function_declarations':[{'name':'f','parameters_json_schema':{'type':'object'}}]}],'safety_settings':[{'category':'c'}]}";
        ChatRequest request = read(camel).request();
        assertThat(read(snake).request()).isEqualTo(request);
        assertThat(request.model()).isEqualTo("gemini-3-pro");
        assertThat(request.stream()).isTrue();
        assertThat(request.messages())
                .containsExactly(Message.system("be brief"), Message.user("hi"));
        assertThat(request.options().maxTokens()).isEqualTo(5);
        assertThat(request.options().toolChoice()).isEqualTo(new ToolChoice.Named("f"));
        assertThat(request.options().reasoning())
                .isEqualTo(new Reasoning(Reasoning.Effort.LOW, null, true));
        assertThat(request.options().format()).isEqualTo(new OutputFormat.JsonObject());
        assertThat(request.extra().fields()).containsOnlyKeys("safetySettings");
    }

    /// Pitfall 3: calls of one name, without ids, are told apart by their order.
    @Test
    void resultsWithoutIdsFindTheirCalls() {
        List<Message> messages =
                contents(
                        """
                        {'role':'user','parts':[{'text':'go'}]},
                        {'role':'model','parts':[{'functionCall':{'name':'a','args':{'n':1}}},
                        {'functionCall':{'name':'b'}},{'functionCall':{'name':'a','args':{'n':2}}}]},
                        {'role':'function','parts':[{'functionResponse':{'name':'a','response':{'output':'first'}}},
                        {'functionResponse':{'name':'a','response':{'output':'third'}}},
                        {'functionResponse':{'name':'renamed','response':{'error':'second'}}}]}\
                        """);
        List<Part.ToolCall> calls =
                messages.get(1).parts().stream().map(Part.ToolCall.class::cast).toList();
        assertThat(calls).extracting(Part.ToolCall::id).doesNotHaveDuplicates();
        assertThat(messages.get(2))
                .isEqualTo(
                        new Message(
                                Role.USER,
                                List.of(
                                        result(calls.get(0), "first", false),
                                        result(calls.get(2), "third", false),
                                        result(calls.get(1), "second", true))));
        String again = written(ChatRequest.of("m", messages));
        assertThat(again).as("made up ids stay here").doesNotContain("hal0_");
    }

    private static Part result(Part.ToolCall call, String text, boolean failed) {
        return new Part.ToolResult(call.id(), List.of(new Part.Text(text)), failed);
    }

    @Test
    void idsThatWereGivenAreKept() {
        List<Message> messages =
                contents(
                        """
                        {'role':'model','parts':[{'functionCall':{'id':'x1','name':'a'}},{'functionCall':{'id':'x2','name':'a'}}]},
                        {'role':'user','parts':[{'functionResponse':{'id':'x2','name':'a','response':{}}},
                        {'functionResponse':{'id':'x1','name':'a','response':{}}}]}\
                        """);
        assertThat(messages.get(1).parts())
                .containsExactly(
                        new Part.ToolResult("x2", List.of(), false),
                        new Part.ToolResult("x1", List.of(), false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'output':'x'}|x|false",
                "{'error':'x'}|x|true",
                "{'error':{'code':1.50}}|{\"code\":1.50}|true",
                "{'result':'x'}|{\"result\":\"x\"}|false",
                "{'output':'x','more':1}|{\"output\":\"x\",\"more\":1}|false",
                "{'output':[1]}|[1]|false"
            })
    void aResultSaysItsOutput(String response, String text, boolean failed) {
        Part part =
                user("{'functionResponse':{'name':'f','response':" + response + "}}").getFirst();
        assertThat(((Part.ToolResult) part).content()).containsExactly(new Part.Text(text));
        assertThat(((Part.ToolResult) part).failed()).isEqualTo(failed);
    }

    @Test
    void mediaAreWhatTheirTypesSay() {
        assertThat(
                        user(
                                """
                                {'inlineData':{'mimeType':'image/png','data':'QUJD'},'mediaResolution':{'level':'MEDIA_RESOLUTION_HIGH'}},
                                {'inline_data':{'mime_type':'audio/wav','data':'QUJD'}},
                                {'inlineData':{'mimeType':'application/pdf','data':'QUJD','displayName':'a.pdf'}},
                                {'fileData':{'mimeType':'image/png','fileUri':'https://h/x'}},
                                {'fileData':{'fileUri':'https://generativelanguage.googleapis.com/v1beta/files/1'}},
                                {'fileData':{'mimeType':'text/plain','fileUri':'gs://b/o'}}\
                                """))
                .containsExactly(
                        new Part.Image(new MediaSource.Base64("image/png", "QUJD"), "high"),
                        new Part.Audio(new MediaSource.Base64("audio/wav", "QUJD")),
                        new Part.Document(
                                new MediaSource.Base64("application/pdf", "QUJD"), "a.pdf"),
                        new Part.Image(new MediaSource.Url("https://h/x")),
                        new Part.Image(
                                new MediaSource.FileId(
                                        "https://generativelanguage.googleapis.com/v1beta/files/1")),
                        new Part.Document(new MediaSource.FileId("gs://b/o"), null));
    }

    /// What other protocols have no word for comes back to this one as it was.
    @Test
    void filmsAndCodeComeBackAsTheyWere() {
        String parts =
                "{'fileData':{'fileUri':'https://youtu.be/x'},'videoMetadata':{'startOffset':'1s'}},{'executableCode':{'language':'PYTHON','code':'1'},'thoughtSignature':'c2ln'}";
        List<Part> read = user(parts);
        assertThat(read).hasSize(2).allMatch(part -> part instanceof Part.Opaque);
        assertThat(written(ChatRequest.of("m", List.of(new Message(Role.USER, read)))))
                .contains(parts.replace('\'', '"'));
    }

    /// Pitfall 6: a thought that came in pieces is one, with the signature that came last.
    @Test
    void thoughtsAreOneWithTheirSignature() {
        List<Message> messages =
                contents(
                        """
                        {'role':'model','parts':[{'text':'I ','thought':true},{'text':'plan','thought':true},
                        {'text':'','thought':true,'thoughtSignature':'c2ln'},{'text':'four','thoughtSignature':'ZW5k'},
                        {'functionCall':{'name':'f'},'thoughtSignature':'Y2FsbA=='},
                        {'functionCall':{'name':'g'},'thoughtSignature':'skip_thought_signature_validator'}]}\
                        """);
        assertThat(messages.getFirst().parts())
                .startsWith(
                        new Part.Thinking("I plan", "c2ln"),
                        new Part.Text("four"),
                        new Part.Thinking("", "ZW5k"))
                .extracting(part ->
                        part instanceof Part.ToolCall call ? String.valueOf(call.signature()) : "")
                .endsWith("Y2FsbA==", "null");
    }

    @Test
    void schemasOfOpenApiBecomeJsonSchema() {
        Tool tool =
                asks("""
                'tools':[{'functionDeclarations':[{'name':'f','description':'d','parameters':{'type':'OBJECT',
                'properties':{'min_items':{'type':'STRING','nullable':true,'format':'enum','enum':['A']},
                'list':{'type':'ARRAY','minItems':'1','items':{'any_of':[{'type':'INTEGER'},{'type':'NULL'}]}}},
                'required':['list'],'propertyOrdering':['list','min_items']}}]}]\
                """)
                        .tools()
                        .getFirst();
        assertThat(tool)
                .isEqualTo(
                        new Tool(
                                "f",
                                "d",
                                "{'type':'object','properties':{'min_items':{'type':['string','null'],'format':'enum','enum':['A']},'list':{'type':'array','minItems':1,'items':{'anyOf':[{'type':'integer'},{'type':'null'}]}}},'required':['list']}"
                                        .replace('\'', '"')));
    }

    /// Pitfall 13: what only Google understands comes back to it at its place.
    @Test
    void whatIsGooglesComesBackAtItsPlace() {
        String more =
                "'safetySettings':[{'category':'c','threshold':'OFF'}],'cachedContent':'cachedContents/1',"
                        + "'generationConfig':{'responseModalities':['TEXT'],'thinkingConfig':{'thinkingBudget':-1}},"
                        + "'tools':[{'googleSearch':{}},{'functionDeclarations':[{'name':'f'}]},{'urlContext':{}}],"
                        + "'toolConfig':{'functionCallingConfig':{'mode':'VALIDATED','allowedFunctionNames':['f','g']},'retrievalConfig':{'languageCode':'de'}}";
        ChatRequest request = asks(more);
        assertThat(request.extra().origin()).isEqualTo(Protocol.GEMINI);
        assertThat(request.options().toolChoice()).isEqualTo(new ToolChoice.Auto());
        String again = written(request);
        assertThat(again)
                .contains("\"safetySettings\":[{\"category\":\"c\",\"threshold\":\"OFF\"}]")
                .contains("\"cachedContent\":\"cachedContents/1\"")
                .contains("\"thinkingConfig\":{\"thinkingBudget\":-1}")
                .contains("\"responseModalities\":[\"TEXT\"]")
                .contains("{\"googleSearch\":{}},{\"urlContext\":{}}")
                .contains("\"mode\":\"VALIDATED\",\"allowedFunctionNames\":[\"f\",\"g\"]")
                .contains("\"retrievalConfig\":{\"languageCode\":\"de\"}");
        ChatRequest other =
                new ChatRequest(
                        "m",
                        request.messages(),
                        List.of(),
                        request.options(),
                        true,
                        new Extra(
                                Protocol.OPENAI, new java.util.LinkedHashMap<>(Map.of("a", "1"))));
        assertThat(written(other)).doesNotContain("\"a\"");
    }

    @Test
    void whatNobodyCanBeToldIsNamed() {
        assertThat(
                        read("""
                        {'contents':[{'parts':[{'text':'hi','partMetadata':{'a':1}}],'note':1}],
                        'tools':[{'functionDeclarations':[{'name':'f','behavior':'NON_BLOCKING'}]}]}\
                        """)
                                .ignored())
                .containsExactly(
                        "contents[0].parts[0].partMetadata",
                        "contents[0].note",
                        "tools[0].functionDeclarations[0].behavior");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'contents':[{'parts':[{'text':1}]}]}|contents[0].parts[0].text",
                "{'contents':[{'role':'assistant','parts':[{'text':'x'}]}]}|contents[0].role",
                "{'contents':[{'parts':[{'text':'x'},{}]}]}|contents[0].parts[1]",
                "{'contents':[{'parts':[{'inlineData':{'mimeType':'image/png'}}]}]}|contents[0].parts[0].inlineData.data",
                "{'contents':[{'parts':[{'inlineData':{'data':'QUJD'}}]}]}|contents[0].parts[0].inlineData.mimeType",
                "{'contents':[{'parts':[{'functionCall':{'name':'f'}}]}]}|contents[0].parts[0].functionCall",
                "{'contents':[{'role':'model','parts':[{'functionCall':{'args':{}}}]}]}|contents[0].parts[0].functionCall.name",
                "{'contents':[{'role':'model','parts':[{'functionCall':{'name':'f','args':[]}}]}]}|contents[0].parts[0].functionCall.args",
                "{'contents':[]}|contents",
                "{'contents':7}|contents",
                "{'contents':[{'parts':[{'text':'x'}]}],'generationConfig':{'candidateCount':2}}|generationConfig.candidateCount",
                "{'contents':[{'parts':[{'text':'x'}]}],'generationConfig':{'temperature':'warm'}}|generationConfig.temperature",
                "{'contents':[{'parts':[{'text':'x'}]}],'generationConfig':{'thinkingConfig':{'thinkingLevel':'HUGE'}}}|generationConfig.thinkingConfig.thinkingLevel",
                "{'contents':[{'parts':[{'text':'x'}]}],'toolConfig':{'functionCallingConfig':{'mode':'SOME'}}}|toolConfig.functionCallingConfig.mode",
                "{'contents':[{'parts':[{'text':'x'}]}],'tools':[{'functionDeclarations':[{}]}]}|tools[0].functionDeclarations[0].name",
                "[]|",
                "{'contents':|",
                "{} {}|"
            })
    void aBrokenRequestIsRefusedByPlace(String json, String place) {
        InvalidRequestException refused =
                catchThrowableOfType(
                        InvalidRequestException.class,
                        () ->
                                DIALECT.read(
                                        json.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                                        LINE));
        assertThat(refused.place()).isEqualTo(place);
        assertThat(refused).hasMessageContaining(place == null ? "request" : place);
    }
}
