package hal0.providers.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import hal0.providers.Provider;
import hal0.providers.client.Dialects;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.TurnAccumulator;
import hal0.providers.event.Usage;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.sse.SseFrame;
import hal0.providers.sse.SseReader;
import hal0.providers.sse.SseWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a client reads of an answer that went through the neutral form is what the provider said.
class AnswerRoundTripTest {
    private static final Path WIRE =
            Path.of(System.getProperty("hal0.root"), "providers/src/test/resources/wire");
    private static final List<Protocol> SPOKEN = List.of(Protocol.OPENAI, Protocol.ANTHROPIC);

    static List<Path> streams() throws IOException {
        List<Path> all = new ArrayList<>();
        for (Protocol protocol : SPOKEN) {
            Path folder = WIRE.resolve(protocol.name().toLowerCase(Locale.ROOT));
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(f -> f.toString().endsWith(".sse"))
                        .filter(f -> events(protocol(f), f) != null)
                        .sorted()
                        .forEach(all::add);
            }
        }
        return all;
    }

    private static Protocol protocol(Path file) {
        return Protocol.valueOf(file.getParent().getFileName().toString().toUpperCase(Locale.ROOT));
    }

    private static Dialect dialect(Protocol protocol) {
        return Dialects.of(protocol);
    }

    private static AnswerDecoder decoder(Protocol protocol) {
        Provider provider =
                Provider.builder("acme", protocol, URI.create("http://localhost/v1")).build();
        return dialect(protocol)
                .decoder(new AnswerErrors(provider, "m", List.of(), InstantSource.system()));
    }

    private static List<StreamEvent> decode(Protocol protocol, byte[] bytes, IntSupplier step)
            throws IOException {
        int[] at = {0};
        SseReader reader =
                new SseReader((buffer, offset, length) -> {
                    int n = Math.min(step.getAsInt(), Math.min(length, bytes.length - at[0]));
                    System.arraycopy(bytes, at[0], buffer, offset, n);
                    at[0] += n;
                    return n == 0 ? -1 : n;
                });
        AnswerDecoder decoder = decoder(protocol);
        List<StreamEvent> events = new ArrayList<>();
        for (SseFrame frame = reader.next(); frame != null; frame = reader.next()) {
            decoder.frame(frame, events::add);
        }
        decoder.end(events::add);
        return events;
    }

    /// The events of a stream, null for one that fails.
    private static @Nullable List<StreamEvent> events(Protocol protocol, Path file) {
        try {
            return decode(protocol, Files.readAllBytes(file), () -> Integer.MAX_VALUE);
        } catch (ProviderException e) {
            return null;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static AnswerWriter writer(Protocol protocol) {
        ChatRequest request = ChatRequest.of("m", List.of(Message.user("hi")));
        AnswerHead head = new AnswerHead("1", "m", Instant.ofEpochSecond(1), request, true);
        return dialect(protocol).writer(head);
    }

    private static byte[] written(Protocol protocol, List<StreamEvent> events) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SseWriter out = new SseWriter(bytes);
        AnswerWriter writer = writer(protocol);
        for (StreamEvent event : events) {
            writer.write(event, out);
        }
        return bytes.toByteArray();
    }

    /// What is left of an answer in the words of a protocol.
    private record Turn(
            List<Part> parts, Usage usage, StopReason reason, @Nullable String stopSequence) {

        static Turn of(List<StreamEvent> events, Protocol protocol) {
            TurnAccumulator turn = new TurnAccumulator();
            events.forEach(turn::add);
            boolean chat = protocol == Protocol.OPENAI;
            return new Turn(
                    turn.message().parts().stream().map(Turn::normal).toList(),
                    turn.usage(),
                    chat ? inChat(turn.reason()) : inMessages(turn.reason()),
                    chat ? null : turn.stopSequence());
        }

        /// Ids that somebody had to make up differ, and so may the white space of arguments.
        private static Part normal(Part part) {
            if (!(part instanceof Part.ToolCall(var id, var name, var arguments, var signature))) {
                return part;
            }
            boolean invented = id.matches("call_(1_)?\\d|toolu_1_\\d");
            return new Part.ToolCall(invented ? "" : id, name, compact(arguments), signature);
        }

        private static String compact(String json) {
            try (JsonParser p = Json.parser(json)) {
                p.nextToken();
                return Json.raw(p);
            } catch (IOException e) {
                return json;
            }
        }

        private static StopReason inChat(StopReason reason) {
            return switch (reason) {
                case END, STOP_SEQUENCE, PAUSE, OTHER -> StopReason.END;
                case LENGTH, TOOL_CALLS, REFUSAL -> reason;
            };
        }

        private static StopReason inMessages(StopReason reason) {
            return reason == StopReason.OTHER ? StopReason.END : reason;
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aStreamComesBackAsItWas(Path file) throws IOException {
        Protocol protocol = protocol(file);
        List<StreamEvent> events = events(protocol, file);
        byte[] bytes = written(protocol, events);
        List<StreamEvent> again = decode(protocol, bytes, () -> Integer.MAX_VALUE);
        assertThat(Turn.of(again, protocol)).isEqualTo(Turn.of(events, protocol));
        assertThat(decode(protocol, bytes, () -> 1)).as("byte by byte").isEqualTo(again);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aWholeAnswerSaysTheSame(Path file) throws IOException {
        Protocol protocol = protocol(file);
        List<StreamEvent> events = events(protocol, file);
        List<StreamEvent> again = new ArrayList<>();
        decoder(protocol).whole(writer(protocol).whole(events), again::add);
        assertThat(Turn.of(again, protocol)).isEqualTo(Turn.of(events, protocol));
    }

    /// Between protocols, the words, calls, numbers and reasons survive.
    @ParameterizedTest
    @MethodSource("streams")
    void anotherProtocolTellsTheSameStory(Path file) throws IOException {
        Protocol from = protocol(file);
        Protocol to = from == Protocol.OPENAI ? Protocol.ANTHROPIC : Protocol.OPENAI;
        List<StreamEvent> events = events(from, file);
        List<Part> said = new ArrayList<>(Turn.of(events, from).parts());
        // The other protocol has no word for it.
        said.removeIf(Part.Opaque.class::isInstance);
        List<StreamEvent> again = decode(to, written(to, events), () -> Integer.MAX_VALUE);
        assertThat(Turn.of(again, to).parts()).isEqualTo(said);
        assertThat(Turn.of(again, to).reason()).isEqualTo(Turn.of(events, to).reason());
    }
}
