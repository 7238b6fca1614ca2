package hal0.providers.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.Provider;
import hal0.providers.client.Dialects;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.message.Protocol;
import hal0.providers.sse.SseFrame;
import hal0.providers.sse.SseParser;
import hal0.providers.sse.SseReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every recorded stream means what stands beside it, however its bytes are split.
class WireGoldenTest {
    private static final Path WIRE =
            Path.of(System.getProperty("hal0.root"), "providers/src/test/resources/wire");

    static List<Path> streams() throws IOException {
        try (Stream<Path> files = Files.walk(WIRE)) {
            return files.filter(f -> f.toString().endsWith(".sse")).sorted().toList();
        }
    }

    private static Dialect dialect(Path file) {
        Protocol protocol =
                Protocol.valueOf(
                        file.getParent().getFileName().toString().toUpperCase(Locale.ROOT));
        return Dialects.of(protocol);
    }

    private static AnswerErrors errors(Dialect dialect) {
        Provider provider =
                Provider.builder("acme", dialect.protocol(), URI.create("http://localhost/v1"))
                        .build();
        return new AnswerErrors(provider, "m", List.of(), InstantSource.system());
    }

    private static List<String> decode(Path file, IntSupplier step) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int[] at = {0};
        SseReader reader =
                new SseReader((buffer, offset, length) -> {
                    if (at[0] == bytes.length) {
                        return -1;
                    }
                    int n = Math.min(step.getAsInt(), Math.min(length, bytes.length - at[0]));
                    System.arraycopy(bytes, at[0], buffer, offset, n);
                    at[0] += n;
                    return n;
                });
        Dialect dialect = dialect(file);
        AnswerDecoder decoder = dialect.decoder(errors(dialect));
        List<String> lines = new ArrayList<>();
        try {
            for (SseFrame frame = reader.next(); frame != null; frame = reader.next()) {
                decoder.frame(frame, e -> lines.add(line(e)));
            }
            decoder.end(e -> lines.add(line(e)));
        } catch (ProviderException e) {
            lines.add("! " + e.getClass().getSimpleName() + " " + e.getMessage());
        }
        return lines;
    }

    private static String line(StreamEvent event) {
        return event.toString().replace("\\", "\\\\").replace("\n", "\\n");
    }

    @ParameterizedTest
    @MethodSource("streams")
    void meansWhatStandsBesideIt(Path file) throws IOException {
        List<String> whole = decode(file, () -> Integer.MAX_VALUE);
        assertThat(decode(file, () -> 1)).as("byte by byte").isEqualTo(whole);
        Random random = new Random(3);
        assertThat(decode(file, () -> 1 + random.nextInt(50))).as("in pieces").isEqualTo(whole);
        Path golden = Path.of(file.toString().replace(".sse", ".events"));
        if (Boolean.getBoolean("golden.update")) {
            Files.write(golden, whole);
        }
        assertThat(whole).isEqualTo(Files.readAllLines(golden));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void anObserverKnowsTheSameUsageModelAndEnd(Path file) throws IOException {
        Dialect dialect = dialect(file);
        List<StreamEvent> events = new ArrayList<>();
        AnswerDecoder decoder = dialect.decoder(errors(dialect));
        byte[] bytes = Files.readAllBytes(file);
        boolean failed = false;
        try {
            int[] at = {0};
            SseReader reader =
                    new SseReader((buffer, offset, length) -> {
                        int n = Math.min(length, bytes.length - at[0]);
                        System.arraycopy(bytes, at[0], buffer, offset, n);
                        at[0] += n;
                        return n == 0 ? -1 : n;
                    });
            for (SseFrame frame = reader.next(); frame != null; frame = reader.next()) {
                decoder.frame(frame, events::add);
            }
            decoder.end(events::add);
        } catch (ProviderException e) {
            failed = true;
        }
        DecodingObserver observer = new DecodingObserver(dialect, errors(dialect));
        SseParser parser = new SseParser();
        parser.feed(bytes, 0, bytes.length);
        parser.finish();
        for (SseFrame frame = parser.poll(); frame != null; frame = parser.poll()) {
            observer.frame(frame);
        }
        Usage usage = null;
        for (StreamEvent event : events) {
            if (event instanceof StreamEvent.UsageReport(var report)) {
                usage = report;
            }
        }
        assertThat(observer.usage()).isEqualTo(usage);
        assertThat(observer.hasContent())
                .isEqualTo(events.stream().anyMatch(StreamEvent::isContent));
        // What breaks in the middle of an answer passes an observer by; only the end tells.
        String name = file.getFileName().toString();
        assertThat(observer.failure() != null).isEqualTo(failed && name.startsWith("error"));
        assertThat(observer.isComplete()).isEqualTo(!failed || name.equals("malformed-chunk.sse"));
    }

    @Test
    void theDialectsHaveStreams() throws IOException {
        assertThat(streams()).hasSizeGreaterThan(45);
    }
}
