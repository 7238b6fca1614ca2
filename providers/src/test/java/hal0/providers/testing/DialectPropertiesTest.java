package hal0.providers.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.Feature;
import hal0.providers.dialect.Features;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.Json;
import hal0.providers.dialect.ReadRequest;
import hal0.providers.dialect.WireError;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StreamEvent;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Protocol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every conversation in every dialect. A failure names its seed.
class DialectPropertiesTest {
    private static final int SEEDS = Integer.getInteger("hal0.seeds", 2000);

    static List<Spoken> dialects() {
        return Spoken.all();
    }

    static Stream<Spoken[]> pairs() {
        List<Spoken> all = dialects();
        return all.stream()
                .flatMap(a ->
                        all.stream()
                                .filter(b -> b.protocol() != a.protocol())
                                .map(b -> new Spoken[] {a, b}));
    }

    private static void forEachSeed(LongConsumer property) {
        forEachSeed(SEEDS, property);
    }

    private static void forEachSeed(int seeds, LongConsumer property) {
        for (long seed = 0; seed < seeds; seed++) {
            try {
                property.accept(seed);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static ReadRequest through(Spoken dialect, ChatRequest request) {
        byte[] body = dialect.encode(request);
        try {
            return dialect.read(body, request);
        } catch (InvalidRequestException e) {
            throw new AssertionError(
                    e.place() + " in " + new String(body, StandardCharsets.UTF_8), e);
        }
    }

    /// Lines first: they show where two long conversations differ.
    private static void same(ChatRequest is, ChatRequest expected) {
        assertThat(lines(is)).isEqualTo(lines(expected));
        assertThat(is).isEqualTo(expected);
    }

    private static List<String> lines(ChatRequest request) {
        List<String> lines = new ArrayList<>();
        for (Message message : request.messages()) {
            message.parts().forEach(part -> lines.add(message.role() + " " + part));
        }
        request.tools().forEach(tool -> lines.add(tool.toString()));
        lines.add(request.options().toString());
        lines.add(request.extra().toString());
        return lines;
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void aRequestSurvivesButForWhatIsListed(Spoken dialect) {
        forEachSeed(seed -> {
            ChatRequest request = Conversations.of(seed);
            ReadRequest read = through(dialect, request);
            same(dialect.understood(read.request(), request), dialect.left(request));
            assertThat(read.ignored()).isEmpty();
        });
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("pairs")
    void aRequestThatGoesOnLosesWhatTheOtherCannotSayOnly(Spoken from, Spoken to) {
        // There are many pairs, and each end passed alone.
        forEachSeed(
                SEEDS / 4,
                seed -> {
                    ChatRequest request = Conversations.of(seed);
                    ChatRequest first = from.understood(through(from, request).request(), request);
                    ChatRequest second = through(to, first).request();
                    ChatRequest left = from.left(request);
                    same(to.understood(second, left), to.left(left));
                });
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void anAnswerSurvivesHoweverItIsCut(Spoken dialect) {
        forEachSeed(seed -> {
            List<StreamEvent> events = Answers.of(seed);
            AnswerForm left = dialect.left(events);
            Random random = new Random(seed);
            try {
                assertThat(dialect.understood(dialect.streamed(events, () -> Integer.MAX_VALUE)))
                        .as("streamed")
                        .isEqualTo(left);
                assertThat(dialect.understood(dialect.streamed(events, () -> 1)))
                        .as("byte by byte")
                        .isEqualTo(left);
                assertThat(
                                dialect.understood(
                                        dialect.streamed(events, () -> 1 + random.nextInt(40))))
                        .as("in pieces")
                        .isEqualTo(left);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            assertThat(dialect.understood(dialect.whole(events))).as("whole").isEqualTo(left);
        });
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void aRecordedAnswerIsTheSameWhenItIsWrittenAgain(Spoken dialect) throws IOException {
        int whole = 0;
        for (Path file : recordings(dialect)) {
            List<StreamEvent> events;
            try {
                events = dialect.decoded(Files.readAllBytes(file), () -> Integer.MAX_VALUE);
            } catch (ProviderException e) {
                // A recorded failure has no answer.
                continue;
            }
            whole++;
            AnswerForm form = dialect.left(events);
            assertThat(dialect.understood(dialect.streamed(events, () -> Integer.MAX_VALUE)))
                    .as(file + " streamed")
                    .isEqualTo(form);
            assertThat(dialect.understood(dialect.streamed(events, () -> 1)))
                    .as(file + " byte by byte")
                    .isEqualTo(form);
            assertThat(dialect.understood(dialect.whole(events)))
                    .as(file + " whole")
                    .isEqualTo(form);
        }
        assertThat(whole).isGreaterThan(8);
    }

    private static List<Path> recordings(Spoken dialect) throws IOException {
        String folder = dialect.protocol().name().toLowerCase(Locale.ROOT);
        Path wire =
                Path.of(System.getProperty("hal0.root"), "providers/src/test/resources/wire")
                        .resolve(folder);
        try (Stream<Path> files = Files.list(wire)) {
            return files.filter(f -> f.toString().endsWith(".sse")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void anAnswerThatBreaksOffIsNeverASuccess(Spoken dialect) {
        WireError error = new WireError(503, "upstream.overloaded", "too much to do", null);
        forEachSeed(seed -> {
            List<StreamEvent> events = Answers.of(seed);
            List<StreamEvent> begun = events.subList(0, new Random(seed).nextInt(events.size()));
            assertThatThrownBy(() -> dialect.failed(begun, error))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("too much to do");
        });
    }

    /// Whatever arrives is read or refused, never a fault of the program.
    @ParameterizedTest
    @MethodSource("dialects")
    void aBrokenRequestIsRefusedAndNothingElse(Spoken dialect) {
        forEachSeed(seed -> {
            ChatRequest request = Conversations.of(seed);
            byte[] broken = broken(dialect.encode(request), new Random(seed));
            try {
                dialect.read(broken, request);
            } catch (InvalidRequestException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        });
    }

    /// Cut, or with some bytes of another meaning.
    private static byte[] broken(byte[] body, Random random) {
        if (random.nextInt(3) == 0) {
            return Arrays.copyOf(body, random.nextInt(body.length));
        }
        byte[] broken = body.clone();
        byte[] signs = "{}[]:,\"0n-\\".getBytes(StandardCharsets.US_ASCII);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            broken[random.nextInt(broken.length)] = signs[random.nextInt(signs.length)];
        }
        return broken;
    }

    /// A value of another type than a reader expects is the commonest fault of a client.
    @ParameterizedTest
    @MethodSource("dialects")
    void aValueOfAnotherTypeIsReadOrRefused(Spoken dialect) {
        forEachSeed(seed -> {
            ChatRequest request = Conversations.of(seed);
            byte[] retyped = retyped(dialect.encode(request), new Random(seed));
            try {
                dialect.read(retyped, request);
            } catch (InvalidRequestException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        });
    }

    /// One value somewhere is another.
    private static byte[] retyped(byte[] body, Random random) {
        List<String> others = List.of("null", "true", "-1", "1e999", "\"x\"", "[]", "{}", "[[]]");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            int values = 0;
            try (JsonParser p = Json.parser(body, 0, body.length)) {
                for (JsonToken t = p.nextToken(); t != null; t = p.nextToken()) {
                    values += t.isScalarValue() || t.isStructStart() ? 1 : 0;
                }
            }
            int at = 1 + random.nextInt(values - 1);
            try (JsonParser p = Json.parser(body, 0, body.length);
                    JsonGenerator json = Json.generator(bytes)) {
                for (JsonToken t = p.nextToken(); t != null; t = p.nextToken()) {
                    boolean value = t.isScalarValue() || t.isStructStart();
                    if (value && at-- == 0) {
                        p.skipChildren();
                        json.writeRawValue(others.get(random.nextInt(others.size())));
                    } else {
                        json.copyCurrentEventExact(p);
                    }
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    /// The neutral words themselves: a feature is used exactly when taking it out changes
    /// something.
    @Test
    void aFeatureIsUsedWhenARequestIsAnotherWithoutIt() {
        forEachSeed(seed -> {
            ChatRequest request = Conversations.of(seed);
            for (Protocol to : Protocol.values()) {
                Set<Feature> used = Features.used(request, to);
                for (Feature feature : Feature.values()) {
                    ChatRequest left = Features.without(request, Set.of(feature), to);
                    assertThat(!left.equals(request))
                            .as("%s to %s", feature, to)
                            .isEqualTo(used.contains(feature));
                    assertThat(Features.used(left, to)).as("left").doesNotContain(feature);
                }
            }
        });
    }

    @Test
    void theConversationsUseEveryFeature() {
        Set<Feature> seen = EnumSet.noneOf(Feature.class);
        for (long seed = 0; seed < SEEDS; seed++) {
            seen.addAll(Features.used(Conversations.of(seed), Protocol.OPENAI));
        }
        assertThat(seen).containsExactlyInAnyOrder(Feature.values());
    }
}
