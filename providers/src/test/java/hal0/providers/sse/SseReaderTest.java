package hal0.providers.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SseReaderTest {

    /// What a test compares: frames borrow their bytes.
    private record Seen(String event, String data, String id, long retry, boolean complete) {
        static Seen of(SseFrame frame) {
            return new Seen(
                    frame.event(), frame.data(), frame.id(), frame.retryMillis(), frame.complete());
        }

        static Seen data(String data) {
            return new Seen(null, data, null, -1, true);
        }

        static Seen cut(String data) {
            return new Seen(null, data, null, -1, false);
        }
    }

    private static List<Seen> read(byte[] bytes, IntSupplier step) {
        int[] at = {0};
        SseReader reader =
                new SseReader((buffer, offset, length) -> {
                    if (at[0] == bytes.length) {
                        return -1;
                    }
                    int n = Math.min(step.getAsInt(), bytes.length - at[0]);
                    n = Math.max(1, Math.min(n, length));
                    System.arraycopy(bytes, at[0], buffer, offset, n);
                    at[0] += n;
                    return n;
                });
        List<Seen> all = new ArrayList<>();
        for (SseFrame f = reader.next(); f != null; f = reader.next()) {
            all.add(Seen.of(f));
        }
        assertThat(reader.next()).as("the end stays the end").isNull();
        return all;
    }

    /// Whole, byte by byte and in seeded random pieces: all must agree.
    private static List<Seen> read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Seen> whole = read(bytes, () -> Integer.MAX_VALUE);
        assertThat(read(bytes, () -> 1)).as("byte by byte").isEqualTo(whole);
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            assertThat(read(bytes, () -> 1 + random.nextInt(7)))
                    .as("seed %d", seed)
                    .isEqualTo(whole);
        }
        return whole;
    }

    @ParameterizedTest
    @CsvSource({"LF", "CR", "CRLF"})
    void everyLineEndEndsALine(String name) {
        String nl = name.equals("LF") ? "\n" : name.equals("CR") ? "\r" : "\r\n";
        String text = "event: a\ndata: one\n\ndata: two\n\n".replace("\n", nl);
        assertThat(read(text))
                .containsExactly(new Seen("a", "one", null, -1, true), Seen.data("two"));
    }

    @Test
    void lineEndsMayBeMixed() {
        assertThat(read("data: a\r\n\ndata: b\r\rdata: c\n\r\ndata: d\r\n\r"))
                .containsExactly(Seen.data("a"), Seen.data("b"), Seen.data("c"), Seen.data("d"));
    }

    @Test
    void anEventIsGivenAtItsBlankLineWithoutWaitingForTheLfOfACrlf() {
        SseParser parser = new SseParser();
        byte[] bytes = "data: a\r\n\r".getBytes(StandardCharsets.UTF_8);
        parser.feed(bytes, 0, bytes.length);
        assertThat(parser.poll()).extracting(SseFrame::data).isEqualTo("a");
        assertThat(parser.poll()).isNull();
        parser.feed("\ndata: b\n\n".getBytes(StandardCharsets.UTF_8), 0, 10);
        assertThat(parser.poll()).extracting(SseFrame::data).isEqualTo("b");
    }

    @Test
    void aLoneCrAtTheEndOfTheBodyEnds() {
        assertThat(read("data: a\n\n\r")).containsExactly(Seen.data("a"));
        assertThat(read("data: a\r")).containsExactly(Seen.cut("a"));
        assertThat(read("\r")).isEmpty();
        assertThat(read("")).isEmpty();
    }

    @Test
    void commentsAndUnknownFieldsAreSkipped() {
        assertThat(read(": hello\n\n:\n:: x\nfoo: bar\nfoo\ndata: a\n: inside\n\n"))
                .containsExactly(Seen.data("a"));
    }

    @Test
    void dataLinesAreJoinedByLf() {
        assertThat(read("data: a\ndata:b\ndata\ndata:  c\n\n"))
                .containsExactly(Seen.data("a\nb\n\n c"));
    }

    @Test
    void oneSpaceAfterTheColonIsNotPartOfTheValue() {
        assertThat(read("data:a\n\ndata:  b\n\nevent:x\ndata:{\"k\":1}\n\n"))
                .containsExactly(
                        Seen.data("a"),
                        Seen.data(" b"),
                        new Seen("x", "{\"k\":1}", null, -1, true));
    }

    @Test
    void aByteOrderMarkBeforeTheFirstEventIsNotPartOfIt() {
        assertThat(read("\uFEFFdata: a\n\ndata: b\n\n"))
                .containsExactly(Seen.data("a"), Seen.data("b"));
    }

    @Test
    void idAndRetryAreKept() {
        assertThat(read("id: 7\nretry: 1500\ndata: a\n\nretry: x\nid: b\0c\ndata: b\n\n"))
                .containsExactly(new Seen(null, "a", "7", 1500, true), Seen.data("b"));
    }

    @Test
    void theLatestIdIsRemembered() {
        SseParser parser = new SseParser();
        byte[] bytes = "id: 7\ndata: a\n\ndata: b\n\n".getBytes(StandardCharsets.UTF_8);
        parser.feed(bytes, 0, bytes.length);
        while (parser.poll() != null) {
            assertThat(parser.lastId()).isEqualTo("7");
        }
        assertThat(parser.lastId()).isEqualTo("7");
    }

    @Test
    void anEventWithoutDataIsNone() {
        assertThat(read("event: ping\n\nid: 1\n\ndata: a\n\n")).containsExactly(Seen.data("a"));
        assertThat(read("data\n\n")).containsExactly(Seen.data(""));
    }

    @Test
    void aLastEventWithoutItsBlankLineIsGivenAndMarked() {
        assertThat(read("data: a\n\ndata: b\n")).containsExactly(Seen.data("a"), Seen.cut("b"));
        assertThat(read("data: a\n\ndata: b")).containsExactly(Seen.data("a"), Seen.cut("b"));
        assertThat(read("data: a\n\nevent: b")).containsExactly(Seen.data("a"));
    }

    @Test
    void charactersOfSeveralBytesSurviveEverySplit() {
        assertThat(read("data: Grüße 漢字 👩‍👩‍👧\n\nevent: é\ndata: ß\n\n"))
                .containsExactly(
                        Seen.data("Grüße 漢字 👩‍👩‍👧"), new Seen("é", "ß", null, -1, true));
    }

    @Test
    void anEventOf16MiBIsRead() {
        byte[] data = new byte[16 * 1024 * 1024];
        Arrays.fill(data, (byte) 'x');
        byte[] head = "data: ".getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = Arrays.copyOf(head, head.length + data.length + 2);
        System.arraycopy(data, 0, bytes, head.length, data.length);
        bytes[bytes.length - 2] = '\n';
        bytes[bytes.length - 1] = '\n';
        List<Seen> seen = read(bytes, () -> 8192);
        assertThat(seen).hasSize(1);
        assertThat(seen.getFirst().data()).hasSize(data.length);
    }

    @Test
    void aHundredThousandEventsAreRead() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            text.append("data: {\"n\":").append(i).append("}\n\n");
        }
        Random random = new Random(5);
        List<Seen> seen =
                read(
                        text.toString().getBytes(StandardCharsets.US_ASCII),
                        () -> 1 + random.nextInt(5000));
        assertThat(seen).hasSize(100_000);
        assertThat(seen.get(99_999)).isEqualTo(Seen.data("{\"n\":99999}"));
    }

    @Test
    void anEventOverTheLimitIsRefusedWithItsLimit() {
        byte[] bytes = ("data: " + "x".repeat(2000)).getBytes(StandardCharsets.US_ASCII);
        SseParser parser = new SseParser(1000);
        parser.feed(bytes, 0, bytes.length);
        assertThatThrownBy(parser::poll)
                .isInstanceOf(EventTooLargeException.class)
                .hasMessageContaining("1000 bytes");
    }

    @Test
    void commentsWithoutEndDoNotCountAgainstTheLimit() {
        SseParser parser = new SseParser(1000);
        byte[] comment = ": keep-alive\n".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 10_000; i++) {
            parser.feed(comment, 0, comment.length);
            assertThat(parser.poll()).isNull();
        }
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Random random = new Random(11);
        String[] pieces = {"a", "\n", "\r", "\r\n", " ", ":", "漢", "", "data: "};
        for (int run = 0; run < 500; run++) {
            StringBuilder data = new StringBuilder();
            for (int i = random.nextInt(8); i >= 0; i--) {
                data.append(pieces[random.nextInt(pieces.length)]);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            SseWriter writer = new SseWriter(bytes);
            writer.comment("hi");
            writer.write(SseFrame.of(run % 2 == 0 ? null : "name", data.toString()));
            String read = data.toString().replace("\r\n", "\n").replace('\r', '\n');
            assertThat(read(bytes.toString(StandardCharsets.UTF_8)))
                    .containsExactly(new Seen(run % 2 == 0 ? null : "name", read, null, -1, true));
        }
    }

    @Test
    void aLineBreakInANameIsRefused() {
        SseWriter writer = new SseWriter(new ByteArrayOutputStream());
        assertThatThrownBy(() -> writer.write(SseFrame.of("a\ndata: forged", "x")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
