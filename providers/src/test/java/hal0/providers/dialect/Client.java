package hal0.providers.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.Provider;
import hal0.providers.client.Dialects;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.TurnAccumulator;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Protocol;
import hal0.providers.sse.SseFrame;
import hal0.providers.sse.SseReader;
import hal0.providers.sse.SseWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// One protocol from both ends, as the tests of translation need it: a provider's answer in its
/// words, what a client is sent of it, and what the client sends back.
record Client(Protocol protocol) {
    static final String MODEL = "the-model";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Dialect dialect() {
        return Dialects.of(protocol);
    }

    Provider provider(String base) {
        return Provider.builder("acme", protocol, URI.create(base)).build();
    }

    AnswerErrors errors() {
        return new AnswerErrors(provider("http://h/v1"), MODEL, List.of(), InstantSource.system());
    }

    private AnswerWriter writer() {
        ChatRequest asked = ChatRequest.of("asked", List.of(Message.user("hi")));
        return dialect().writer(new AnswerHead("a1", MODEL, Instant.EPOCH, asked, true));
    }

    /// The events of a stream in this protocol.
    List<StreamEvent> decode(String stream) {
        List<StreamEvent> events = new ArrayList<>();
        AnswerDecoder decoder = dialect().decoder(errors());
        for (SseFrame frame : frames(stream)) {
            decoder.frame(frame, events::add);
        }
        decoder.end(events::add);
        return events;
    }

    static List<SseFrame> frames(String stream) {
        ByteArrayInputStream in = new ByteArrayInputStream(stream.getBytes(UTF_8));
        SseReader reader = new SseReader(in::read);
        List<SseFrame> frames = new ArrayList<>();
        for (SseFrame next = reader.next(); next != null; next = reader.next()) {
            frames.add(SseFrame.of(next.event(), next.data()));
        }
        return frames;
    }

    TurnAccumulator turn(String stream) {
        TurnAccumulator turn = new TurnAccumulator();
        decode(stream).forEach(turn::add);
        return turn;
    }

    /// What a client is sent of an answer.
    String streamed(List<StreamEvent> events) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SseWriter out = new SseWriter(bytes);
        AnswerWriter writer = writer();
        try {
            for (StreamEvent event : events) {
                writer.write(event, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(UTF_8);
    }

    /// The same of an answer that fails behind these events.
    String failed(List<StreamEvent> events, WireError error) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SseWriter out = new SseWriter(bytes);
        AnswerWriter writer = writer();
        try {
            for (StreamEvent event : events) {
                writer.write(event, out);
            }
            writer.fail(error, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(UTF_8);
    }

    /// The events of a stream as JSON, end markers left out.
    static List<JsonNode> events(String stream) {
        return frames(stream).stream()
                .filter(frame -> !frame.dataIs("[DONE]"))
                .map(frame -> json(frame.data()))
                .toList();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    JsonNode whole(List<StreamEvent> events) {
        return json(new String(writer().whole(events), UTF_8));
    }

    byte[] error(WireError error) {
        return dialect().error(error);
    }

    ChatRequest read(String body) {
        try {
            RequestLine line = new RequestLine(MODEL, true);
            return dialect().read(body.getBytes(UTF_8), line).request();
        } catch (InvalidRequestException e) {
            throw new AssertionError(body, e);
        }
    }

    JsonNode written(String base, String model, ChatRequest request) {
        return json(new String(dialect().encode(provider(base), model, request), UTF_8));
    }

    /// The request that goes on with an answer: what the client got stands in it as it came.
    String next(JsonNode answer) {
        return switch (protocol) {
            case OPENAI ->
                    "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},%s]}"
                            .formatted(answer.at("/choices/0/message"));
            case ANTHROPIC ->
                    "{\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":%s}]}"
                            .formatted(answer.path("content"));
            case RESPONSES ->
                    "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":\"hi\"},%s]}"
                            .formatted(inner(answer.path("output")));
            case GEMINI ->
                    "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]},%s]}"
                            .formatted(answer.at("/candidates/0/content"));
        };
    }

    private static String inner(JsonNode list) {
        String text = list.toString();
        return text.substring(1, text.length() - 1);
    }

    @Override
    public String toString() {
        return protocol.name();
    }
}
