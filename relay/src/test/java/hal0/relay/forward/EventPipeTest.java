package hal0.relay.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each case is fed whole, byte by byte and in random pieces.
class EventPipeTest {
    private static final String USAGE =
            "data: {\"id\":\"1\",\"choices\":[],\"usage\":{\"prompt_tokens\":3}}";

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("nothing about usage", "data: {\"a\":1}\n\n", "data: {\"a\":1}\n\n"),
                Arguments.of("the added event", USAGE + "\n\ndata: [DONE]\n\n", "data: [DONE]\n\n"),
                Arguments.of(
                        "the added event with CRLF",
                        "data: 1\r\n\r\n" + USAGE + "\r\n\r\ndata: [DONE]\r\n\r\n",
                        "data: 1\r\n\r\ndata: [DONE]\r\n\r\n"),
                Arguments.of("the added event with CR", USAGE + "\r\rdata: x\r\r", "data: x\r\r"),
                Arguments.of(
                        "null at the end",
                        "data: {\"choices\":[{\"delta\":{}}],\"usage\":null}\n\n",
                        "data: {\"choices\":[{\"delta\":{}}]}\n\n"),
                Arguments.of(
                        "null with spaces",
                        "data: {\"choices\": [{\"delta\": {}}], \"usage\" : null }\n\n",
                        "data: {\"choices\": [{\"delta\": {}}] }\n\n"),
                Arguments.of(
                        "null first",
                        "data: {\"usage\": null, \"choices\":[{}]}\n\n",
                        "data: {\"choices\":[{}]}\n\n"),
                Arguments.of(
                        "null in the middle",
                        "data:{\"a\":1,\"usage\":null,\"choices\":[{}]}\n\n",
                        "data:{\"a\":1,\"choices\":[{}]}\n\n"),
                Arguments.of("null alone", "data: {\"usage\":null}\n\n", "data: {}\n\n"),
                Arguments.of(
                        "usage beside content is the provider's own doing",
                        "data: {\"choices\":[{\"delta\":{}}],\"usage\":{\"x\":1}}\n\n",
                        "data: {\"choices\":[{\"delta\":{}}],\"usage\":{\"x\":1}}\n\n"),
                Arguments.of(
                        "usage deeper down",
                        "data: {\"choices\":[{\"usage\":null}]}\n\n",
                        "data: {\"choices\":[{\"usage\":null}]}\n\n"),
                Arguments.of(
                        "the word in the text",
                        "data: {\"choices\":[{\"delta\":{\"content\":\"\\\"usage\\\":null\"}}]}\n\n",
                        "data: {\"choices\":[{\"delta\":{\"content\":\"\\\"usage\\\":null\"}}]}\n\n"),
                Arguments.of(
                        "comments, unknown fields and events",
                        ": ping \"usage\"\nfoo: bar\nevent: x\nid: 7\nretry: 5\ndata: {\"usage\":null,\"é\":1}\n\n",
                        ": ping \"usage\"\nfoo: bar\nevent: x\nid: 7\nretry: 5\ndata: {\"é\":1}\n\n"),
                Arguments.of(
                        "two data lines stay as they are",
                        "data: {\"usage\":\ndata: null}\n\n",
                        "data: {\"usage\":\ndata: null}\n\n"),
                Arguments.of(
                        "what is not JSON stays", "data: \"usage\" {\n\n", "data: \"usage\" {\n\n"),
                Arguments.of(
                        "a last event without its blank line",
                        "data: 1\n\ndata: {\"usage\":1",
                        "data: 1\n\ndata: {\"usage\":1"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void onlyWhatWasAddedIsTakenOut(String name, String in, String expected) throws IOException {
        byte[] bytes = in.getBytes(UTF_8);
        assertThat(piped(bytes, List.of(bytes.length))).as("whole").isEqualTo(expected);
        assertThat(piped(bytes, List.of(1))).as("byte by byte").isEqualTo(expected);
        Random random = new Random(name.hashCode());
        for (int round = 0; round < 50; round++) {
            List<Integer> sizes =
                    Stream.generate(() -> 1 + random.nextInt(12)).limit(bytes.length).toList();
            assertThat(piped(bytes, sizes)).as("split %s", sizes).isEqualTo(expected);
        }
    }

    @Test
    void anEventOfSixteenMegabytesPassesWithItsNullTakenOut() throws IOException {
        String large = "x".repeat(16 * 1024 * 1024);
        String in = "data: {\"c\":\"" + large + "\",\"usage\":null}\n\n";
        String out = piped(in.getBytes(UTF_8), List.of(8192));
        assertThat(out.length()).isEqualTo(in.length() - ",\"usage\":null".length());
        assertThat(out).endsWith("x\"}\n\n");
    }

    @Test
    void anEventBeyondWhatIsKeptPassesAsItIs() throws IOException {
        byte[] piece = "x".repeat(1024 * 1024).getBytes(UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EventPipe pipe = new EventPipe(out);
        for (int i = 0; i < 40; i++) {
            pipe.write(piece, 0, piece.length);
        }
        byte[] rest = ("\n\n" + USAGE + "\n\ndata: y\n\n").getBytes(UTF_8);
        pipe.write(rest, 0, rest.length);
        assertThat(out.size()).isEqualTo(40 * piece.length + 2 + "data: y\n\n".length());
    }

    private static String piped(byte[] bytes, List<Integer> sizes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EventPipe pipe = new EventPipe(out);
        int at = 0;
        for (int i = 0; at < bytes.length; i++) {
            int size = Math.min(sizes.get(i % sizes.size()), bytes.length - at);
            byte[] piece = java.util.Arrays.copyOfRange(bytes, at, at + size);
            pipe.write(piece, 0, piece.length);
            at += size;
        }
        pipe.end();
        return out.toString(UTF_8);
    }
}
