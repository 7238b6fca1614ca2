package hal0.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.dialect.AnswerHead;
import hal0.providers.dialect.AnswerWriter;
import hal0.providers.dialect.ErrorBody;
import hal0.providers.dialect.WireError;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.message.ChatRequest;
import hal0.providers.sse.SseWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a client of Gemini sees.
class GeminiAnswerTest {
    private static final String END = ",'modelVersion':'gemini-3-pro','responseId':'r1'}";

    private static AnswerWriter writer() {
        return new GenerateContent()
                .writer(
                        new AnswerHead(
                                "r1",
                                "gemini-3-pro",
                                Instant.EPOCH,
                                ChatRequest.of("m", List.of()),
                                true));
    }

    private static String streamed(StreamEvent... events) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SseWriter out = new SseWriter(bytes);
        AnswerWriter writer = writer();
        for (StreamEvent event : events) {
            writer.write(event, out);
        }
        return bytes.toString(StandardCharsets.UTF_8).replace('"', '\'');
    }

    private static StreamEvent usage() {
        return new StreamEvent.UsageReport(new Usage(10, 20, 5, 2, 1, 8, null));
    }

    private static final String COUNTED =
            ",'usageMetadata':{'promptTokenCount':18,'cachedContentTokenCount':5,'candidatesTokenCount':12,'thoughtsTokenCount':8,'totalTokenCount':38}";

    @Test
    void textComesInPiecesAndTheLastHasTheReasonAndTheNumbers() throws IOException {
        assertThat(
                        streamed(
                                new StreamEvent.Started("up", "other"),
                                new StreamEvent.TextDelta("a"),
                                usage(),
                                new StreamEvent.Done(StopReason.LENGTH)))
                .isEqualTo(
                        "data: {'candidates':[{'content':{'parts':[{'text':'a'}],'role':'model'},'index':0}]"
                                + END
                                + "\n\ndata: {'candidates':[{'content':{'parts':[{'text':''}],'role':'model'},'finishReason':'MAX_TOKENS','index':0}]"
                                + COUNTED
                                + END
                                + "\n\n");
    }

    /// Pitfall 3: calls in turns come out whole, none loses its first fragment.
    @Test
    void parallelCallsComeOutWhole() throws IOException {
        assertThat(
                        streamed(
                                new StreamEvent.ToolCallDelta(0, "c0", "f", "{\"a\""),
                                new StreamEvent.ToolCallDelta(1, "c1", null, "", "c2ln"),
                                new StreamEvent.ToolCallDelta(0, null, null, ":1.50}"),
                                new StreamEvent.ToolCallDelta(1, null, "g", ""),
                                new StreamEvent.Done(StopReason.TOOL_CALLS)))
                .isEqualTo(
                        "data: {'candidates':[{'content':{'parts':[{'functionCall':{'id':'c0','name':'f','args':{'a':1.50}}},"
                                + "{'functionCall':{'id':'c1','name':'g','args':{}},'thoughtSignature':'c2ln'}],'role':'model'},'finishReason':'STOP','index':0}]"
                                + END
                                + "\n\n");
    }

    @Test
    void aSignatureOfAThoughtStaysWithThoughts() throws IOException {
        assertThat(
                        streamed(
                                new StreamEvent.ThinkingDelta("hm"),
                                new StreamEvent.ThinkingSignature("c2ln"),
                                new StreamEvent.TextDelta("a"),
                                new StreamEvent.ThinkingSignature("ZW5k")))
                .contains("{'text':'hm','thought':true}")
                .contains("{'text':'','thought':true,'thoughtSignature':'c2ln'}")
                .contains("{'text':'','thoughtSignature':'ZW5k'}");
        String whole =
                new String(
                                writer().whole(
                                                List.of(
                                                        new StreamEvent.ThinkingDelta("h"),
                                                        new StreamEvent.ThinkingDelta("m"),
                                                        new StreamEvent.ThinkingSignature("c2ln"),
                                                        new StreamEvent.TextDelta("a"),
                                                        new StreamEvent.TextDelta("b"),
                                                        new StreamEvent.Done(StopReason.END))),
                                StandardCharsets.UTF_8)
                        .replace('"', '\'');
        assertThat(whole)
                .isEqualTo(
                        "{'candidates':[{'content':{'parts':[{'text':'hm','thought':true,'thoughtSignature':'c2ln'},{'text':'ab'}],'role':'model'},'finishReason':'STOP','index':0}]"
                                + END);
    }

    /// Pitfall 10.
    @Test
    void aRefusalBeforeTheFirstWordIsABlockedPrompt() throws IOException {
        assertThat(streamed(new StreamEvent.Done(StopReason.REFUSAL)))
                .isEqualTo("data: {'promptFeedback':{'blockReason':'SAFETY'}" + END + "\n\n");
        assertThat(
                        streamed(
                                new StreamEvent.TextDelta("a"),
                                new StreamEvent.Done(StopReason.REFUSAL)))
                .contains("'finishReason':'SAFETY'")
                .doesNotContain("promptFeedback");
    }

    /// Pitfall 11.
    @Test
    void aFailureIsAnErrorAndNoEnd() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer().fail(new WireError(529, "overloaded", "busy", null), new SseWriter(bytes));
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .startsWith(
                        "data: {\"error\":{\"code\":529,\"message\":\"busy\",\"status\":\"UNAVAILABLE\"")
                .doesNotContain("finishReason");
    }

    @ParameterizedTest
    @CsvSource({
        "400,INVALID_ARGUMENT",
        "401,UNAUTHENTICATED",
        "402,FAILED_PRECONDITION",
        "403,PERMISSION_DENIED",
        "404,NOT_FOUND",
        "413,INVALID_ARGUMENT",
        "429,RESOURCE_EXHAUSTED",
        "500,INTERNAL",
        "503,UNAVAILABLE",
        "504,DEADLINE_EXCEEDED"
    })
    void errorsHaveGooglesWords(int status, String word) {
        byte[] body =
                new GenerateContent()
                        .error(new WireError(status, "dispatch.no_route", "no", "contents[0]"));
        assertThat(new String(body, StandardCharsets.UTF_8))
                .contains("\"code\":" + status)
                .contains("\"reason\":\"dispatch.no_route\"")
                .contains("\"field\":\"contents[0]\"");
        assertThat(ErrorBody.parse(body, 0, body.length).type()).isEqualTo(word);
    }
}
