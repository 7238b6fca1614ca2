package hal0.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.Auth;
import hal0.providers.Provider;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent.Done;
import hal0.providers.event.StreamEvent.TextDelta;
import hal0.providers.message.Protocol;
import hal0.relay.testing.RawClient;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import hal0.relay.testing.SpokenUpstream;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is wrong with a request is told by its place in the client's own protocol before anybody is
/// asked; what its provider cannot be told is named.
class TranslationInputTest {
    @TempDir private Path folder;
    private final SpokenUpstream claude = new SpokenUpstream(Protocol.ANTHROPIC);
    private final SpokenUpstream gpt = new SpokenUpstream(Protocol.OPENAI);
    private final RawUpstream silent = new RawUpstream();
    private RelayFixture relay;

    @BeforeEach
    void start() {
        relay =
                new RelayFixture(
                        folder,
                        Setup.of(
                                claude.provider("claude").build(),
                                gpt.provider("gpt").build(),
                                RelayFixture.openAi(silent).build(),
                                Provider.builder("demo", Protocol.OPENAI, URI.create("demo:demo"))
                                        .auth(new Auth.None())
                                        .build()));
    }

    @AfterEach
    void stop() {
        relay.close();
        claude.close();
        gpt.close();
        silent.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Line 13 of the pitfalls: n > 1 is refused where it is impossible.
                "/v1/chat/completions|claude|'messages':[{'role':'user','content':'x'}],'n':2|n|/error/param",
                "/v1/chat/completions|claude|'messages':7|messages|/error/param",
                "/v1/chat/completions|claude|'messages':[{'role':'sage','content':'x'}]|messages[0].role|/error/param",
                "/v1/chat/completions|claude|'messages':[{'role':'user','content':[{'type':'smell'}]}]|has no words for any of the messages: foreign|/error/message",
                "/v1/chat/completions|claude|'messages':[{'role':'user','content':'x'}],'max_tokens':'many'|max_tokens|/error/param",
                "/v1/chat/completions|claude|'messages':[{'role':'user','content':'x'}],'tools':[{'type':'function','function':{}}]|tools[0].function.name|/error/param",
                "/v1/responses|claude|'input':[{'type':'message','role':'user','content':[{'type':'smell'}]}]|input[0].content[0].type|/error/param",
                "/v1/responses|claude|'input':'x','background':true|background|/error/param",
                "/v1/responses|claude|'input':'x','temperature':'warm'|temperature|/error/param",
                "/v1/messages|gpt|'max_tokens':9,'messages':[{'role':'user','content':[{'type':'smell'}]}],'tools':[{'name':7,'input_schema':{}}]|tools[0].name|/error/message",
                "/v1/messages|gpt|'messages':[{'role':'user','content':'x'}]|max_tokens|/error/message",
                "/v1/messages|gpt|'max_tokens':9,'messages':[{'role':'user','content':[{'type':'tool_result'}]}]|messages[0].content[0].tool_use_id|/error/message",
                "/v1beta/models/gpt%2Fm:generateContent|gpt|'contents':[{'role':'user','parts':[{'text':7}]}]|contents[0].parts[0].text|/error/details/1/fieldViolations/0/field",
                "/v1beta/models/gpt%2Fm:generateContent|gpt|'contents':[{'role':'sage','parts':[]}]|contents[0].role|/error/details/1/fieldViolations/0/field"
            })
    void aMistypedFieldIsRefusedByItsPlace(
            String path, String provider, String fields, String place, String where)
            throws Exception {
        String model = path.startsWith("/v1beta") ? "" : "'model':'" + provider + "/m',";
        RawClient.Answer answer =
                relay.ask(RawClient.post(path, ("{" + model + fields + "}").replace('\'', '"')));

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        JsonNode body = new ObjectMapper().readTree(answer.body());
        assertThat(body.at(where).asText()).as(answer.text()).contains(place);
        assertThat(claude.requestCount() + gpt.requestCount()).isZero();
    }

    @Test
    void whatTheTargetIsNotToldIsNamed() {
        claude.says(new TextDelta("ok"), new Done(StopReason.END));
        RawClient.Answer answer =
                relay.chat(
                        """
                        {"model":"claude/claude-opus-4","seed":7,"logprobs":true,"grüß,e":1,
                         "presence_penalty":0.5,"messages":[{"role":"user","content":"x"}]}\
                        """);

        assertThat(answer.header("x-hal0-dropped"))
                .hasValue("logprobs, gr%C3%BC%C3%9F%2Ce, seed, penalties");
        assertThat(claude.takeAsked().body()).doesNotContain("seed", "logprobs", "penalty");
    }

    @Test
    void theNamesOfWhatIsNotToldAreBounded() {
        claude.says(new TextDelta("ok"), new Done(StopReason.END));
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            fields.append("\"field_number_%d\":1,".formatted(i));
        }
        RawClient.Answer answer =
                relay.chat(
                        "{\"model\":\"claude/claude-opus-4\","
                                + fields
                                + "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");

        assertThat(answer.header("x-hal0-dropped").orElseThrow())
                .startsWith("field_number_0, field_number_1, ")
                .matches(".*, and [0-9]+ more")
                .hasSizeLessThan(1100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/chat/completions|{\"model\":\"demo/demo\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
                "/v1/responses|{\"model\":\"demo/demo\",\"input\":\"x\"}",
                "/v1/messages|{\"model\":\"demo/demo\",\"max_tokens\":99,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
                "/v1beta/models/demo%2Fdemo:generateContent|{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]}"
            })
    void theDemoAnswersClientsOfEveryProtocol(String path, String body) {
        RawClient.Answer answer = relay.ask(RawClient.post(path, body));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("This is a demo");
        assertThat(relay.rows(1).getFirst().outcome()).isEqualTo("ANSWERED");
    }

    @Test
    void aClientThatLeavesEndsTheCallUpstream() {
        silent.always(turn -> {
            turn.send(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            turn.chunk("data: {\"choices\":[{\"delta\":{\"content\":\"Hal\"}}]}\n\n");
            turn.silence();
        });
        try (RawClient client = new RawClient(relay.port())) {
            client.send(
                    RawClient.post(
                            "/v1/messages",
                            "{\"model\":\"up/m\",\"max_tokens\":9,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"));
            client.awaitText("Hal");
            client.reset();
        }

        assertThat(relay.rows(1).getFirst().outcome()).isEqualTo("CANCELLED");
    }
}
