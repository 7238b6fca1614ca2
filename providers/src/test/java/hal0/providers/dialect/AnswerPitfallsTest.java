package hal0.providers.dialect;

import static hal0.providers.message.Protocol.ANTHROPIC;
import static hal0.providers.message.Protocol.GEMINI;
import static hal0.providers.message.Protocol.OPENAI;
import static hal0.providers.message.Protocol.RESPONSES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.providers.client.Dialects;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.TurnAccumulator;
import hal0.providers.event.Usage;
import hal0.providers.http.Headers;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What goes wrong where an answer in one protocol is told in another, each by its number in the
/// list of pitfalls.
class AnswerPitfallsTest {
    private static final Client CHAT = new Client(OPENAI);
    private static final Client MESSAGES = new Client(ANTHROPIC);
    private static final Client CONTENT = new Client(GEMINI);
    private static final Client RESPONSE = new Client(RESPONSES);
    private static final WireError LIMITED =
            new WireError(429, "dispatch.limited", "too fast", null);

    /// Thoughts, words, and two calls whose pieces are mixed where the protocol allows that; beside
    /// them what says nothing.
    private static final Map<Protocol, String> STREAMS =
            Map.of(
                    OPENAI,
                    data(
                            "{'id':'1','model':'m','choices':[{'delta':{'role':'assistant','content':'','tool_calls':[]}}]}",
                            "{'choices':[{'delta':{'reasoning_content':'h'}}]}",
                            "{'choices':[{'delta':{'reasoning_content':'m','content':null}}]}",
                            "{'choices':[{'delta':{'content':'s','reasoning_content':''}}]}",
                            "{'choices':[{'delta':{}}]}",
                            "{'choices':[{'delta':{'content':'o','tool_calls':[]}}]}",
                            "{'choices':[{'delta':{'content':null,'tool_calls':[{'index':0,'function':{'arguments':'{\"x\"'}}]}}]}",
                            "{'choices':[{'delta':{'tool_calls':[{'index':1,'id':'c2','function':{'name':'b','arguments':''}}]}}]}",
                            "{'choices':[{'delta':{'tool_calls':[{'index':0,'id':'c1','function':{'name':'a','arguments':':1}'}}]}}]}",
                            "{'choices':[{'delta':{'content':''},'finish_reason':'tool_calls'}]}",
                            "[DONE]"),
                    ANTHROPIC,
                    data(
                            "{'type':'message_start','message':{'id':'1','model':'m','content':[],'usage':{'input_tokens':1,'output_tokens':1}}}",
                            "{'type':'content_block_start','index':0,'content_block':{'type':'thinking','thinking':'','signature':''}}",
                            "{'type':'content_block_delta','index':0,'delta':{'type':'thinking_delta','thinking':'hm'}}",
                            "{'type':'content_block_delta','index':0,'delta':{'type':'thinking_delta','thinking':''}}",
                            "{'type':'content_block_stop','index':0}",
                            "{'type':'content_block_start','index':1,'content_block':{'type':'text','text':''}}",
                            "{'type':'ping'}",
                            "{'type':'content_block_delta','index':1,'delta':{'type':'text_delta','text':'so'}}",
                            "{'type':'content_block_delta','index':1,'delta':{'type':'text_delta','text':''}}",
                            "{'type':'content_block_stop','index':1}",
                            "{'type':'content_block_start','index':2,'content_block':{'type':'tool_use','id':'c1','name':'a','input':{}}}",
                            "{'type':'content_block_delta','index':2,'delta':{'type':'input_json_delta','partial_json':''}}",
                            "{'type':'content_block_delta','index':2,'delta':{'type':'input_json_delta','partial_json':'{\"x\":1}'}}",
                            "{'type':'content_block_stop','index':2}",
                            "{'type':'content_block_start','index':3,'content_block':{'type':'tool_use','id':'c2','name':'b','input':{}}}",
                            "{'type':'content_block_stop','index':3}",
                            "{'type':'message_delta','delta':{'stop_reason':'tool_use'},'usage':{'output_tokens':2}}",
                            "{'type':'message_stop'}"),
                    RESPONSES,
                    data(
                            "{'type':'response.created','response':{'id':'1','model':'m','status':'in_progress','output':[]}}",
                            "{'type':'response.output_item.added','output_index':0,'item':{'type':'reasoning','id':'rs_1','summary':[]}}",
                            "{'type':'response.reasoning_summary_text.delta','output_index':0,'summary_index':0,'delta':'hm'}",
                            "{'type':'response.reasoning_summary_text.delta','output_index':0,'summary_index':0,'delta':''}",
                            "{'type':'response.output_item.done','output_index':0,'item':{'type':'reasoning','id':'rs_1','summary':[{'type':'summary_text','text':'hm'}]}}",
                            "{'type':'response.output_item.added','output_index':1,'item':{'type':'message','id':'msg_1','content':[]}}",
                            "{'type':'response.output_text.delta','output_index':1,'content_index':0,'delta':'so'}",
                            "{'type':'response.output_text.done','output_index':1,'content_index':0,'text':'so'}",
                            "{'type':'response.output_item.added','output_index':2,'item':{'type':'function_call','id':'fc_1','call_id':'c1','name':'a','arguments':''}}",
                            "{'type':'response.output_item.added','output_index':3,'item':{'type':'function_call','id':'fc_2','call_id':'c2','name':'b','arguments':''}}",
                            "{'type':'response.function_call_arguments.done','output_index':2,'arguments':'{\"x\":1}'}",
                            "{'type':'response.function_call_arguments.done','output_index':3,'arguments':''}",
                            "{'type':'response.completed','response':{'id':'1','status':'completed','output':[]}}"),
                    GEMINI,
                    data(
                            "{'candidates':[{'content':{'parts':[{'text':'hm','thought':true}]}}],'responseId':'1','modelVersion':'m'}",
                            "{'candidates':[{'content':{'parts':[{'text':''}]}}]}",
                            "{'candidates':[{'content':{'parts':[{'text':'so'}]}}]}",
                            "{'candidates':[{'content':{'parts':[{'functionCall':{'id':'c1','name':'a','args':{'x':1}}},{'functionCall':{'id':'c2','name':'b'}}]}}]}",
                            "{'candidates':[{'content':{'parts':[{'text':''}]},'finishReason':'STOP'}]}"));

    private static final List<Part> SAID =
            List.of(
                    new Part.Thinking("hm", null),
                    new Part.Text("so"),
                    new Part.ToolCall("c1", "a", "{\"x\":1}"),
                    new Part.ToolCall("c2", "b", "{}"));

    private static String data(String... events) {
        StringBuilder stream = new StringBuilder();
        for (String event : events) {
            // Quotes within a string are written as such.
            String json = event.replace("\"", "\\\"").replace('\'', '"');
            stream.append("data: ").append(json).append("\n\n");
        }
        return stream.toString();
    }

    static Stream<Client> clients() {
        return Arrays.stream(Protocol.values()).map(Client::new);
    }

    static Stream<Client[]> pairs() {
        return clients().flatMap(a -> clients().map(b -> new Client[] {a, b}));
    }

    private static List<StreamEvent> mixed(Client provider) {
        return provider.decode(String.valueOf(STREAMS.get(provider.protocol())));
    }

    /// Pitfalls 2, 3 and 4: what says nothing changes nothing; calls whose pieces are mixed, whose
    /// ids come late, whose arguments come at their end or never, are whole.
    @ParameterizedTest
    @MethodSource("pairs")
    void aMixedTurnIsTheSameInEveryProtocol(Client from, Client to) {
        List<StreamEvent> events = mixed(from);
        TurnAccumulator streamed = to.turn(to.streamed(events));
        assertThat(streamed.message().parts()).isEqualTo(SAID);
        assertThat(streamed.reason()).isEqualTo(StopReason.TOOL_CALLS);
        assertThat(to.read(to.next(to.whole(events))).messages().getLast().parts())
                .as("as the client sends it back")
                .isEqualTo(SAID);
    }

    /// Pitfall 1.
    @ParameterizedTest
    @MethodSource("clients")
    void anthropicsBlocksAreInOrder(Client from) {
        Map<String, String> kinds =
                Map.of(
                        "text_delta", "text",
                        "thinking_delta", "thinking",
                        "signature_delta", "thinking",
                        "input_json_delta", "tool_use");
        int starts = 0;
        int begun = -1;
        String open = null;
        for (JsonNode event : Client.events(MESSAGES.streamed(mixed(from)))) {
            switch (event.path("type").asText()) {
                case "message_start" -> starts++;
                case "content_block_start" -> {
                    assertThat(open).isNull();
                    assertThat(event.path("index").asInt()).isEqualTo(++begun);
                    open = event.at("/content_block/type").asText();
                }
                case "content_block_delta" -> {
                    assertThat(event.path("index").asInt()).isEqualTo(begun);
                    assertThat(kinds.get(event.at("/delta/type").asText())).isEqualTo(open);
                }
                case "content_block_stop" -> {
                    assertThat(event.path("index").asInt()).isEqualTo(begun);
                    assertThat(open).isNotNull();
                    open = null;
                }
                default -> assertThat(open).isNull();
            }
        }
        assertThat(starts).isEqualTo(1);
        assertThat(begun).isEqualTo(3);
    }

    /// Pitfall 4: clients parse what they put together, and an empty text is no JSON.
    @ParameterizedTest
    @MethodSource("clients")
    void openAisClientsAlwaysGetArgumentsThatTheyCanParse(Client from) {
        Map<Integer, String> arguments = new HashMap<>();
        for (JsonNode event : Client.events(CHAT.streamed(mixed(from)))) {
            for (JsonNode call : event.at("/choices/0/delta/tool_calls")) {
                arguments.merge(
                        call.path("index").asInt(),
                        call.at("/function/arguments").asText(),
                        String::concat);
            }
        }
        assertThat(arguments).isEqualTo(Map.of(0, "{\"x\":1}", 1, "{}"));
    }

    /// Pitfall 5.
    @ParameterizedTest
    @MethodSource("clients")
    void itemsOfResponsesAreAddedBeforeTheyGrowAndRepeatedAtTheEnd(Client from) {
        List<JsonNode> events = Client.events(RESPONSE.streamed(mixed(from)));
        Set<Integer> added = new HashSet<>();
        List<JsonNode> done = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            JsonNode event = events.get(i);
            assertThat(event.path("sequence_number").asInt(-1)).isEqualTo(i);
            String type = event.path("type").asText();
            if (type.equals("response.output_item.added")) {
                assertThat(event.path("output_index").asInt()).isEqualTo(added.size());
                added.add(added.size());
            } else if (event.has("output_index")) {
                assertThat(added).contains(event.path("output_index").asInt());
            }
            if (type.equals("response.output_item.done")) {
                done.add(event.path("item"));
            }
        }
        JsonNode last = events.getLast().path("response");
        assertThat(last.path("id").asText()).isEqualTo("resp_a1");
        assertThat(last.path("output")).hasSize(added.size()).hasSameElementsAs(done);
        assertThat(last.has("usage")).isTrue();
    }

    /// Pitfall 6: whatever a client gets of an answer goes back to who gave it, byte for byte and
    /// in its order.
    @ParameterizedTest
    @MethodSource("clients")
    void proofsComeBackThroughEveryClient(Client through) {
        List<StreamEvent> events =
                List.of(
                        new StreamEvent.Started("1", "m"),
                        new StreamEvent.ThinkingDelta("h\u00e9"),
                        new StreamEvent.ThinkingDelta("m"),
                        new StreamEvent.ThinkingSignature("Sig+/na=="),
                        new StreamEvent.RedactedThinking("Red+/=="),
                        new StreamEvent.TextDelta("so"),
                        new StreamEvent.ToolCallDelta(0, "c1", "a", "{}", "Q2FsbA=="),
                        new StreamEvent.ToolCallDelta(1, "c2", "b", "{}", null),
                        new StreamEvent.Done(StopReason.TOOL_CALLS));
        List<Part> said =
                new ArrayList<>(
                        List.of(
                                new Part.Thinking("h\u00e9m", "Sig+/na=="),
                                new Part.RedactedThinking("Red+/=="),
                                new Part.Text("so"),
                                new Part.ToolCall("c1", "a", "{}", "Q2FsbA=="),
                                new Part.ToolCall("c2", "b", "{}")));
        if (through.protocol() == GEMINI) {
            // It has no place for them, as its list of features says.
            said.remove(1);
        }
        assertThat(through.read(through.next(through.whole(events))).messages().getLast().parts())
                .isEqualTo(said);
        if (through.protocol() != ANTHROPIC) {
            // There the signature of a call is a block of its own until it comes back.
            assertThat(through.turn(through.streamed(events)).message().parts())
                    .as("streamed")
                    .isEqualTo(said);
        }
    }

    /// Pitfall 9: numbers with the finish, behind it, or both are counted once, and cached ones are
    /// no plain input; the client is told as its protocol counts.
    @ParameterizedTest
    @CsvSource({"true,false", "false,true", "true,true"})
    void openAisNumbersAreCountedOnce(boolean withFinish, boolean behind) {
        String usage =
                "'usage':{'prompt_tokens':100,'completion_tokens':7,'prompt_tokens_details':{'cached_tokens':60}}";
        String finish =
                "{'choices':[{'delta':{},'finish_reason':'stop'}]%s}"
                        .formatted(withFinish ? "," + usage : "");
        List<String> chunks =
                new ArrayList<>(
                        List.of("{'id':'1','choices':[{'delta':{'content':'a'}}]}", finish));
        if (behind) {
            chunks.add("{'choices':[]," + usage + "}");
        }
        chunks.add("[DONE]");
        List<StreamEvent> events = CHAT.decode(data(chunks.toArray(String[]::new)));
        Usage counted = new Usage(40, 7, 60, 0, 0, 0, null);
        assertThat(events.stream().filter(StreamEvent.UsageReport.class::isInstance))
                .containsExactly(new StreamEvent.UsageReport(counted));
        JsonNode delta =
                Client.events(MESSAGES.streamed(events)).stream()
                        .filter(e -> e.path("type").asText().equals("message_delta"))
                        .findFirst()
                        .orElseThrow()
                        .path("usage");
        assertThat(delta.path("input_tokens").asInt()).isEqualTo(40);
        assertThat(delta.path("cache_read_input_tokens").asInt()).isEqualTo(60);
        assertThat(
                        Client.events(CHAT.streamed(events)).stream()
                                .filter(e -> e.path("usage").isObject()))
                .singleElement()
                .extracting(e -> e.at("/usage/prompt_tokens").asInt())
                .isEqualTo(100);
        for (Client to : List.of(CHAT, MESSAGES, RESPONSE, CONTENT)) {
            assertThat(to.turn(to.streamed(events)).usage()).as("%s", to).isEqualTo(counted);
        }
    }

    /// Pitfall 9: Anthropic counts what it writes to its caches by how long they last.
    @Test
    void cacheWritesKeepTheirKindsWhereThereAreWords() {
        Usage counted = new Usage(5, 7, 60, 20, 10, 0, null);
        List<StreamEvent> events =
                List.of(
                        new StreamEvent.TextDelta("a"),
                        new StreamEvent.UsageReport(counted),
                        new StreamEvent.Done(StopReason.END));
        assertThat(MESSAGES.turn(MESSAGES.streamed(events)).usage()).isEqualTo(counted);
        assertThat(CHAT.whole(events).at("/usage/prompt_tokens").asInt()).isEqualTo(95);
        assertThat(CHAT.turn(CHAT.streamed(events)).usage().totalInput()).isEqualTo(95);
        assertThat(RESPONSE.whole(events).at("/usage/input_tokens").asInt()).isEqualTo(95);
        assertThat(CONTENT.whole(events).at("/usageMetadata/promptTokenCount").asInt())
                .isEqualTo(95);
    }

    private static String reason(Client to, JsonNode answer) {
        return switch (to.protocol()) {
            case OPENAI -> answer.at("/choices/0/finish_reason").asText();
            case ANTHROPIC -> answer.path("stop_reason").asText();
            case GEMINI -> answer.at("/candidates/0/finishReason").asText();
            case RESPONSES ->
                    answer.path("status").asText()
                            + answer.at("/incomplete_details/reason").asText();
        };
    }

    /// Pitfall 10.
    @ParameterizedTest
    @CsvSource({
        "END,stop,end_turn,STOP,completed",
        "LENGTH,length,max_tokens,MAX_TOKENS,incompletemax_output_tokens",
        "STOP_SEQUENCE,stop,stop_sequence,STOP,completed",
        "REFUSAL,content_filter,refusal,SAFETY,incompletecontent_filter",
        "PAUSE,stop,pause_turn,OTHER,incomplete",
        "OTHER,stop,end_turn,OTHER,incomplete"
    })
    void everyReasonHasItsWord(
            StopReason reason, String chat, String messages, String content, String response) {
        List<StreamEvent> events =
                List.of(new StreamEvent.TextDelta("a"), new StreamEvent.Done(reason));
        Map<Client, String> words =
                Map.of(CHAT, chat, MESSAGES, messages, CONTENT, content, RESPONSE, response);
        words.forEach((to, word) -> {
            assertThat(reason(to, to.whole(events))).isEqualTo(word);
            StopReason back = to.turn(to.streamed(events)).reason();
            boolean told = reason == back;
            boolean silent =
                    switch (reason) {
                        case STOP_SEQUENCE -> to != MESSAGES;
                        case PAUSE -> to != MESSAGES;
                        case OTHER -> to == CHAT || to == MESSAGES;
                        case END, LENGTH, TOOL_CALLS, REFUSAL -> false;
                    };
            assertThat(told).as("%s in %s is %s", reason, to, back).isEqualTo(!silent);
        });
    }

    /// Pitfall 11: what fails in the middle is a failure of the same kind for who reads it, and no
    /// success.
    @ParameterizedTest
    @MethodSource("clients")
    void aFailureInAStreamIsOneInEveryProtocol(Client to) {
        String stream = to.failed(List.of(new StreamEvent.TextDelta("a")), LIMITED);
        assertThatThrownBy(() -> to.decode(stream))
                .isInstanceOf(ProviderException.RateLimited.class)
                .hasMessageContaining("too fast");
        assertThat(stream)
                .doesNotContain(
                        "[DONE]", "message_stop", "response.completed", "finishReason\":\"STOP");
        List<StreamEvent> said = new ArrayList<>();
        assertThatThrownBy(
                        () -> {
                            AnswerDecoder decoder = Dialects.of(to.protocol()).decoder(to.errors());
                            Client.frames(stream).forEach(f -> decoder.frame(f, said::add));
                        })
                .isInstanceOf(ProviderException.class);
        assertThat(said).noneMatch(StreamEvent.Done.class::isInstance);
    }

    /// Pitfall 11: before the first byte it is the status that says it.
    @ParameterizedTest
    @MethodSource("clients")
    void anErrorBodyIsUnderstoodByItsOwnProtocol(Client to) {
        String body = new String(to.error(LIMITED), StandardCharsets.UTF_8);
        assertThat(to.errors().answered(429, Headers.NONE, to.error(LIMITED)))
                .isInstanceOf(ProviderException.RateLimited.class)
                .hasMessageContaining("too fast");
        assertThat(body).contains("dispatch.limited");
    }

    /// Pitfall 12.
    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aStreamThatEndsWithoutItsEndIsCutAndOneThatSaidWhyIsNot(Protocol protocol) {
        Client provider = new Client(protocol);
        List<StreamEvent> events =
                List.of(
                        new StreamEvent.Started("1", "m"),
                        new StreamEvent.TextDelta("a"),
                        new StreamEvent.Done(StopReason.LENGTH));
        List<String> frames =
                Arrays.stream(provider.streamed(events).split("\n\n", -1))
                        .filter(frame -> !frame.isEmpty())
                        .toList();
        int finish = 0;
        while (!frames.get(finish)
                .matches("(?s).*(\"length\"|\"max_tokens\"|MAX_TOKENS|response\\.incomplete).*")) {
            finish++;
        }
        String before = String.join("\n\n", frames.subList(0, finish)) + "\n\n";
        assertThatThrownBy(() -> provider.decode(before))
                .isInstanceOf(ProviderException.BadStream.class)
                .hasMessageContaining("cut off");
        String with = before + frames.get(finish) + "\n\n";
        assertThat(provider.turn(with).reason()).isEqualTo(StopReason.LENGTH);
    }

    /// Pitfall 14: a fallback names the model that answered, whatever was asked for.
    @ParameterizedTest
    @MethodSource("clients")
    void everyAnswerNamesTheModelThatGaveIt(Client to) {
        List<StreamEvent> events =
                List.of(
                        new StreamEvent.Started("1", "upstream's own name"),
                        new StreamEvent.TextDelta("a"),
                        new StreamEvent.Done(StopReason.END));
        assertThat(to.whole(events).toString()).contains("\"" + Client.MODEL + "\"");
        assertThat(to.decode(to.streamed(events)).getFirst())
                .isInstanceOfSatisfying(
                        StreamEvent.Started.class,
                        started -> assertThat(started.model()).isEqualTo(Client.MODEL));
        assertThat(to.streamed(events)).doesNotContain("upstream's own name", "asked");
    }
}
