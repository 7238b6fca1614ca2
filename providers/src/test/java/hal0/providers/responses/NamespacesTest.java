package hal0.providers.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.Provider;
import hal0.providers.client.Dialects;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.dialect.AnswerHead;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.ReadRequest;
import hal0.providers.dialect.RequestLine;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.TurnAccumulator;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Tool;
import hal0.providers.message.ToolChoice;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Codex declares the tools of an MCP server in a group, and finds them by both names only.
class NamespacesTest {
    private static final Responses RESPONSES = new Responses();
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String REQUEST =
            """
            {"model":"m","tools":[
            {"type":"function","name":"shell","parameters":{"type":"object"},"strict":false},
            {"type":"namespace","name":"mcp__docs","description":"d","tools":[
            {"type":"function","name":"search","parameters":{"type":"object"},"strict":false}]}],
            "tool_choice":{"type":"function","namespace":"mcp__docs","name":"search"},
            "input":[{"role":"user","content":"hi"},
            {"type":"function_call","call_id":"c1","namespace":"mcp__docs","name":"search","arguments":"{}"},
            {"type":"function_call","call_id":"c2","namespace":"gone","name":"search","arguments":"{}"},
            {"type":"function_call_output","call_id":"c1","output":"x"}]}\
            """;

    private static ReadRequest read() throws InvalidRequestException {
        return RESPONSES.read(REQUEST.getBytes(UTF_8), RequestLine.SILENT);
    }

    private static JsonNode written(Protocol protocol) throws IOException, InvalidRequestException {
        Provider provider = Provider.builder("acme", protocol, URI.create("http://h")).build();
        return JSON.readTree(Dialects.of(protocol).encode(provider, "m", read().request()));
    }

    @Test
    void everyFunctionOfAGroupIsATool() throws InvalidRequestException {
        ReadRequest read = read();
        assertThat(read.request().tools())
                .extracting(Tool::name)
                .containsExactly("shell", "mcp__docs__search");
        assertThat(read.request().options().toolChoice())
                .isEqualTo(new ToolChoice.Named("mcp__docs__search"));
        assertThat(read.request().messages().get(1).parts())
                .containsExactly(
                        new Part.ToolCall("c1", "mcp__docs__search", "{}"),
                        new Part.ToolCall("c2", "search", "{}"));
        assertThat(read.ignored()).containsExactly("input[2].namespace");
    }

    @Test
    void othersAreToldOfItByItsJoinedName() throws Exception {
        assertThat(written(Protocol.ANTHROPIC).path("tools").findValuesAsText("name"))
                .containsExactly("shell", "mcp__docs__search");
        assertThat(written(Protocol.OPENAI).at("/tools/1/function/name").asText())
                .isEqualTo("mcp__docs__search");
    }

    @Test
    void theSameProtocolGetsTheGroupBack() throws Exception {
        JsonNode again = written(Protocol.RESPONSES);
        assertThat(again.path("tools")).hasSize(2);
        assertThat(again.path("tools").get(1)).isEqualTo(JSON.readTree(REQUEST).at("/tools/1"));
        assertThat(again.at("/tool_choice/namespace").asText()).isEqualTo("mcp__docs");
        assertThat(again.at("/tool_choice/name").asText()).isEqualTo("search");
        assertThat(again.at("/input/1/namespace").asText()).isEqualTo("mcp__docs");
        assertThat(again.at("/input/1/name").asText()).isEqualTo("search");
    }

    @Test
    void aCallComesToTheClientUnderBothNamesAndBackAsOne() throws Exception {
        AnswerHead head = new AnswerHead("1", "m", Instant.EPOCH, read().request(), true);
        List<StreamEvent> events =
                List.of(
                        new StreamEvent.ToolCallDelta(0, "c3", "mcp__docs__search", "{}"),
                        new StreamEvent.ToolCallDelta(1, "c4", "shell", "{}"),
                        new StreamEvent.Done(StopReason.TOOL_CALLS));
        byte[] body = RESPONSES.writer(head).whole(events);
        JsonNode output = JSON.readTree(body).path("output");
        assertThat(output.get(0).path("namespace").asText()).isEqualTo("mcp__docs");
        assertThat(output.get(0).path("name").asText()).isEqualTo("search");
        assertThat(output.get(1).has("namespace")).isFalse();
        Provider provider =
                Provider.builder("acme", Protocol.RESPONSES, URI.create("http://h")).build();
        TurnAccumulator turn = new TurnAccumulator();
        RESPONSES
                .decoder(new AnswerErrors(provider, "m", List.of(), InstantSource.system()))
                .whole(body, turn::add);
        assertThat(turn.message().parts())
                .containsExactly(
                        new Part.ToolCall("c3", "mcp__docs__search", "{}"),
                        new Part.ToolCall("c4", "shell", "{}"));
    }
}
