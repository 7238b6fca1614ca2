package hal0.relay.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Streams of OpenAI's protocol: as upstreams of tests write them, and as tests read them.
public final class OpenAiStream {
    public static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    public static final String END = "0\r\n\r\n";
    public static final String DONE = "data: [DONE]\n\n";
    public static final String ROLE = delta("{\"role\":\"assistant\",\"content\":\"\"}");
    public static final String STOP =
            "data: {\"id\":\"chatcmpl-1\",\"model\":\"m-1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

    private static final JsonMapper JSON = new JsonMapper();

    private OpenAiStream() {}

    /// An event for each piece of text.
    public static String words(String... pieces) {
        StringBuilder events = new StringBuilder();
        for (String piece : pieces) {
            events.append(delta("{\"content\":" + JSON.valueToTree(piece) + "}"));
        }
        return events.toString();
    }

    public static String delta(String delta) {
        return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"model\":\"m-1\",\"choices\":[{\"index\":0,\"delta\":"
                + delta
                + ",\"finish_reason\":null}]}\n\n";
    }

    public static String usage(int input, int output) {
        return "data: {\"id\":\"chatcmpl-1\",\"choices\":[],\"usage\":{\"prompt_tokens\":"
                + input
                + ",\"completion_tokens\":"
                + output
                + "}}\n\n";
    }

    /// A whole stream that says these pieces.
    public static RawUpstream.Script saying(String... pieces) {
        return turn -> turn.send(HEAD).chunk(ROLE + words(pieces) + STOP + DONE).send(END);
    }

    /// An answer in one piece.
    public static RawUpstream.Script whole(String text) {
        String body =
                "{\"id\":\"chatcmpl-1\",\"model\":\"m-1\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
                        + text
                        + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7}}";
        return status(200, body);
    }

    public static RawUpstream.Script status(int status, String body, String... headers) {
        StringBuilder answer = new StringBuilder("HTTP/1.1 " + status + " S\r\n");
        for (String header : headers) {
            answer.append(header).append("\r\n");
        }
        answer.append("Content-Type: application/json\r\nContent-Length: ")
                .append(body.length())
                .append("\r\n\r\n")
                .append(body);
        return turn -> turn.send(answer.toString());
    }

    /// What a client understands of a stream.
    public record Read(String text, List<String> finished, boolean done, int errors) {}

    /// Reads the answer as a client does: the text of the deltas, how it ended, and its errors.
    public static Read read(RawClient.Answer answer) {
        StringBuilder text = new StringBuilder();
        List<String> finished = new ArrayList<>();
        boolean done = false;
        int errors = 0;
        for (String line : answer.text().lines().toList()) {
            if (!line.startsWith("data: ")) {
                continue;
            }
            String data = line.substring(6);
            if (data.equals("[DONE]")) {
                done = true;
                continue;
            }
            JsonNode event = parse(data);
            errors += event.has("error") ? 1 : 0;
            JsonNode choice = event.path("choices").path(0);
            text.append(choice.path("delta").path("content").asText(""));
            if (choice.path("finish_reason").isTextual()) {
                finished.add(choice.path("finish_reason").asText());
            }
        }
        return new Read(text.toString(), finished, done, errors);
    }

    /// The text of an answer in one piece.
    public static String text(RawClient.Answer answer) {
        return parse(answer.text())
                .path("choices")
                .path(0)
                .path("message")
                .path("content")
                .asText();
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + json, e);
        }
    }
}
