package hal0.bench;

import hal0.providers.Provider;
import hal0.providers.client.Dialects;
import hal0.providers.dialect.AnswerDecoder;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.message.Protocol;
import hal0.providers.sse.SseFrame;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;

/// The beginning of an answer in each protocol, and the piece of text that follows again and again.
///
/// **Source** the fields are those of the streams under providers/src/test/resources/wire, each
/// named `text.sse`.
final class Streams {
    private Streams() {}

    static Provider provider(Protocol protocol) {
        return Provider.builder("acme", protocol, URI.create("http://localhost/v1")).build();
    }

    static AnswerDecoder decoder(Protocol protocol) {
        return Dialects.of(protocol)
                .decoder(
                        new AnswerErrors(
                                provider(protocol), "m", List.of(), InstantSource.system()));
    }

    static List<SseFrame> head(Protocol protocol) {
        return switch (protocol) {
            case OPENAI, GEMINI -> List.of(delta(protocol));
            case RESPONSES ->
                    List.of(
                            SseFrame.of(
                                    "response.created",
                                    """
                                    {"type":"response.created","response":{"id":"resp_1","object":"response","status":"in_progress","model":"gpt-5.1-2025-11-13","output":[]},"sequence_number":0}\
                                    """),
                            SseFrame.of(
                                    "response.output_item.added",
                                    """
                                    {"type":"response.output_item.added","item":{"id":"msg_1","type":"message","status":"in_progress","content":[],"role":"assistant"},"output_index":0,"sequence_number":2}\
                                    """));
            case ANTHROPIC ->
                    List.of(
                            SseFrame.of(
                                    "message_start",
                                    """
                                    {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":25,"output_tokens":1}}}\
                                    """),
                            SseFrame.of(
                                    "content_block_start",
                                    """
                                    {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\
                                    """));
        };
    }

    static SseFrame delta(Protocol protocol) {
        return switch (protocol) {
            case OPENAI ->
                    SseFrame.of(
                            null,
                            """
                            {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-2024-08-06","choices":[{"index":0,"delta":{"content":" virtual"},"logprobs":null,"finish_reason":null}],"usage":null}\
                            """);
            case RESPONSES ->
                    SseFrame.of(
                            "response.output_text.delta",
                            """
                            {"type":"response.output_text.delta","content_index":0,"delta":" virtual","item_id":"msg_1","logprobs":[],"obfuscation":"kcGEGfsm","output_index":0,"sequence_number":4}\
                            """);
            case ANTHROPIC ->
                    SseFrame.of(
                            "content_block_delta",
                            """
                            {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":" virtual"}}\
                            """);
            case GEMINI ->
                    SseFrame.of(
                            null,
                            """
                            {"candidates": [{"content": {"parts": [{"text": " virtual"}], "role": "model"}, "index": 0}], "usageMetadata": {"promptTokenCount": 7, "candidatesTokenCount": 1, "totalTokenCount": 17, "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 7}], "thoughtsTokenCount": 9}, "modelVersion": "gemini-3.7-flash", "responseId": "r-1"}\
                            """);
        };
    }
}
