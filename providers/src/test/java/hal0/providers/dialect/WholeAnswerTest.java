package hal0.providers.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.providers.Provider;
import hal0.providers.client.Dialects;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StopReason;
import hal0.providers.event.TurnAccumulator;
import hal0.providers.event.Usage;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class WholeAnswerTest {

    private static TurnAccumulator decode(Protocol protocol, String body) {
        Provider provider =
                Provider.builder("acme", protocol, URI.create("http://localhost")).build();
        AnswerErrors errors = new AnswerErrors(provider, "m", List.of(), InstantSource.system());
        TurnAccumulator turn = new TurnAccumulator();
        Dialects.of(protocol)
                .decoder(errors)
                .whole(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), turn::add);
        return turn;
    }

    @Test
    void everythingThatOpenAiCompatibleServersSay() {
        TurnAccumulator turn =
                decode(
                        Protocol.OPENAI,
                        """
                        {'id':'1','object':'chat.completion','model':'m','choices':[{'index':0,'message':{'role':'assistant',
                        'reasoning_content':'hm','reasoning':'hm','content':'so','refusal':null,'tool_calls':[
                        {'id':'c1','type':'function','function':{'name':'a','arguments':''}},
                        {'id':'c2','type':'function','function':{'name':'b','arguments':'{}'}}]},
                        'finish_reason':'tool_calls'}],
                        'usage':{'prompt_tokens':10,'completion_tokens':4,'total_tokens':14,'cost':0.5,
                        'prompt_tokens_details':{'cached_tokens':6}}}\
                        """);
        assertThat(turn.message().parts())
                .containsExactly(
                        new Part.Thinking("hm", null),
                        new Part.Text("so"),
                        new Part.ToolCall("c1", "a", "{}"),
                        new Part.ToolCall("c2", "b", "{}"));
        assertThat(turn.usage()).isEqualTo(new Usage(4, 4, 6, 0, 0, 0, new BigDecimal("0.5")));
        assertThat(turn.reason()).isEqualTo(StopReason.TOOL_CALLS);
    }

    @Test
    void thoughtsComeFirstWhereverTheyStand() {
        TurnAccumulator turn =
                decode(
                        Protocol.OPENAI,
                        """
                        {'choices':[{'message':{'role':'assistant',
                        'tool_calls':[{'id':'c1','type':'function','function':{'name':'a','arguments':'{}'}}],
                        'content':'so','reasoning_content':'hm'},'finish_reason':'stop'}]}\
                        """);
        assertThat(turn.message().parts())
                .containsExactly(
                        new Part.Thinking("hm", null),
                        new Part.Text("so"),
                        new Part.ToolCall("c1", "a", "{}"));
    }

    @Test
    void theOneCallOfTheOlderFormIsACall() {
        TurnAccumulator turn =
                decode(
                        Protocol.OPENAI,
                        """
                        {'choices':[{'message':{'role':'assistant','content':null,
                        'function_call':{'name':'a','arguments':'{}'}},'finish_reason':'function_call'}]}\
                        """);
        assertThat(turn.message().parts()).containsExactly(new Part.ToolCall("call_0", "a", "{}"));
        assertThat(turn.reason()).isEqualTo(StopReason.TOOL_CALLS);
    }

    @Test
    void everythingThatAnthropicSays() {
        TurnAccumulator turn =
                decode(
                        Protocol.ANTHROPIC,
                        """
                        {'id':'msg_1','type':'message','role':'assistant','model':'claude','content':[
                        {'type':'thinking','thinking':'hm','signature':'sig'},
                        {'type':'redacted_thinking','data':'xyz'},
                        {'type':'text','text':'so'},
                        {'type':'tool_use','id':'t1','name':'a','input':{}},
                        {'type':'tool_use','id':'t2','name':'b','input':{'n':1.50,'deep':{'x':[1,null]}}}],
                        'stop_reason':'tool_use','stop_sequence':null,
                        'usage':{'input_tokens':3,'output_tokens':9,'cache_read_input_tokens':5,
                        'cache_creation_input_tokens':7,'cache_creation':{'ephemeral_1h_input_tokens':2}}}\
                        """);
        assertThat(turn.message().parts())
                .containsExactly(
                        new Part.Thinking("hm", "sig"),
                        new Part.RedactedThinking("xyz"),
                        new Part.Text("so"),
                        new Part.ToolCall("t1", "a", "{}"),
                        new Part.ToolCall("t2", "b", "{\"n\":1.50,\"deep\":{\"x\":[1,null]}}"));
        assertThat(turn.usage()).isEqualTo(new Usage(3, 9, 5, 5, 2, 0, null));
        assertThat(turn.reason()).isEqualTo(StopReason.TOOL_CALLS);
    }

    @Test
    void anErrorInABodyOf200IsAnError() {
        assertThatThrownBy(() -> decode(Protocol.OPENAI, "{'error':{'message':'slow','code':429}}"))
                .isInstanceOf(ProviderException.RateLimited.class);
        assertThatThrownBy(() ->
                        decode(
                                Protocol.ANTHROPIC,
                                "{'type':'error','error':{'type':'overloaded_error','message':'busy'}}"))
                .isInstanceOf(ProviderException.Overloaded.class);
    }
}
