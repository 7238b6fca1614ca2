package hal0.tui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.tui.terminal.Key.Code;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InputDecoderTest {
    private static final Key SHIFT_ENTER = Key.of(Code.ENTER).withShift();

    static Stream<Arguments> keys() {
        return Stream.of(
                Arguments.of("a", Key.of('a')),
                Arguments.of("é", Key.of('é')),
                Arguments.of("日", Key.of('日')),
                Arguments.of("👍", Key.of(0x1F44D)),
                Arguments.of("\r", Key.of(Code.ENTER)),
                Arguments.of("\n", Key.ctrl('j')),
                Arguments.of("\t", Key.of(Code.TAB)),
                Arguments.of("\u007f", Key.of(Code.BACKSPACE)),
                Arguments.of("\u0001", Key.ctrl('a')),
                Arguments.of("\u001f", Key.ctrl('_')),
                Arguments.of("\u001b[A", Key.of(Code.UP)),
                Arguments.of("\u001bOA", Key.of(Code.UP)),
                Arguments.of("\u001b[1;2A", Key.of(Code.UP).withShift()),
                Arguments.of("\u001b[1;3C", Key.of(Code.RIGHT).withAlt()),
                Arguments.of("\u001b\u001b[D", Key.of(Code.LEFT).withAlt()),
                Arguments.of("\u001b[H", Key.of(Code.HOME)),
                Arguments.of("\u001b[1~", Key.of(Code.HOME)),
                Arguments.of("\u001b[4~", Key.of(Code.END)),
                Arguments.of("\u001bOF", Key.of(Code.END)),
                Arguments.of("\u001b[3~", Key.of(Code.DELETE)),
                Arguments.of("\u001b[5~", Key.of(Code.PAGE_UP)),
                Arguments.of("\u001b[6;5~", new Key(Code.PAGE_DOWN, 0, false, false, true)),
                Arguments.of("\u001b[Z", Key.of(Code.TAB).withShift()),
                Arguments.of("\u001b[24~", new Key(Code.FUNCTION, 12, false, false, false)),
                Arguments.of("\u001bOP", new Key(Code.FUNCTION, 1, false, false, false)),
                Arguments.of("\u001bb", Key.alt('b')),
                Arguments.of("\u001b\r", Key.of(Code.ENTER).withAlt()),
                Arguments.of("\u001bé", Key.of('é').withAlt()),
                Arguments.of("\u001b[13;2u", SHIFT_ENTER),
                Arguments.of("\u001b[27;2;13~", SHIFT_ENTER),
                Arguments.of("\u001b[27u", Key.of(Code.ESCAPE)),
                Arguments.of("\u001b[99;5u", Key.ctrl('c')),
                Arguments.of("\u001b[97;2u", Key.of('A')),
                Arguments.of("\u001b[97:65;2u", Key.of('A')),
                Arguments.of("\u001b[27;5;106~", Key.ctrl('j')));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void keyIsTold(String bytes, Key key) {
        assertThat(feed(new InputDecoder(), bytes)).containsExactly(new Input.Pressed(key));
    }

    @Test
    void otherInputIsTold() {
        assertThat(feed(new InputDecoder(), "\u001b[<64;10;5M\u001b[<65;1;1M\u001b[I\u001b[O"))
                .containsExactly(
                        new Input.Wheel(-1),
                        new Input.Wheel(1),
                        new Input.Focus(true),
                        new Input.Focus(false));
    }

    @Test
    void mouseIsToldFromPressToRelease() {
        assertThat(feed(new InputDecoder(), "\u001b[<0;3;2M\u001b[<32;4;2M\u001b[<0;4;2m"))
                .containsExactly(
                        new Input.Mouse(Input.Mouse.Action.PRESS, 0, 1, 2, 1),
                        new Input.Mouse(Input.Mouse.Action.DRAG, 0, 1, 3, 1),
                        new Input.Mouse(Input.Mouse.Action.RELEASE, 0, 1, 3, 1));
    }

    @Test
    void repliesReleasesAndWhatBelongsToTheTerminalAreSwallowed() {
        String noise =
                "\u001b[<4;3;3M\u001b[<35;3;3M\u001b[<128;1;1M\u001b[97;1:3u\u001b]11;rgb:0/0/0\u0007"
                        + "\u001bP1+r\u001b\\\u001b[M !!";
        assertThat(feed(new InputDecoder(), noise + "x"))
                .containsExactly(new Input.Background(false), new Input.Pressed(Key.of('x')));
    }

    @Test
    void theBackgroundIsLightOrDarkHoweverItIsWritten() {
        assertThat(feed(new InputDecoder(), "\u001b]11;rgb:fdfd/f6f6/e3e3\u001b\\"))
                .containsExactly(new Input.Background(true));
        assertThat(
                        feed(
                                new InputDecoder(),
                                "\u001b]11;rgb:f/f/f\u0007\u001b]11;rgb:1c/1c/40\u0007"))
                .containsExactly(new Input.Background(true), new Input.Background(false));
        assertThat(
                        feed(
                                new InputDecoder(),
                                "\u001b]11;?\u0007\u001b]11;rgb:x/1/1\u0007\u001b]4;1\u0007"))
                .isEmpty();
    }

    @Test
    void answersAboutTheTerminalAreNoKeys() {
        assertThat(feed(new InputDecoder(), "\u001b[?1;2c\u001b[?2026;2$y"))
                .containsExactly(
                        new Input.Reported("?1;2", 'c'), new Input.Reported("?2026;2$", 'y'));
    }

    @Test
    void loneEscapeIsTheKeyOnceNothingFollows() {
        InputDecoder decoder = new InputDecoder();
        assertThat(feed(decoder, "\u001b")).isEmpty();
        assertThat(decoder.isPending()).isTrue();
        assertThat(decoder.timeout()).containsExactly(new Input.Pressed(Key.of(Code.ESCAPE)));
        assertThat(decoder.isPending()).isFalse();
        assertThat(feed(decoder, "\u001b[")).isEmpty();
        assertThat(decoder.timeout()).containsExactly(new Input.Pressed(Key.alt('[')));
    }

    @Test
    void brokenUtf8IsReplacedAndTheRestIsKept() {
        InputDecoder decoder = new InputDecoder();
        byte[] bytes = {(byte) 0xE6, (byte) 0x97, 'a', (byte) 0xFF, 'b'};
        List<Input> inputs = decoder.feed(bytes, 0, bytes.length);
        assertThat(inputs)
                .containsExactly(
                        new Input.Pressed(Key.of(0xFFFD)),
                        new Input.Pressed(Key.of('a')),
                        new Input.Pressed(Key.of(0xFFFD)),
                        new Input.Pressed(Key.of('b')));
    }

    @Test
    void pasteIsOneInputWithLineEndsAsOneCharacter() {
        assertThat(feed(new InputDecoder(), "a\u001b[200~x\r\ny\rz\u001b[2\u001b[201~b"))
                .containsExactly(
                        new Input.Pressed(Key.of('a')),
                        new Input.Pasted("x\ny\nz\u001b[2"),
                        new Input.Pressed(Key.of('b')));
    }

    @Test
    void endOfAPasteInsideAPasteRunsNoKeys() {
        assertThat(feed(new InputDecoder(), "\u001b[200~a\u001b[201~\r!rm\r\u001b[201~b"))
                .containsExactly(
                        new Input.Pasted("a\u001b[201~\n!rm\n"), new Input.Pressed(Key.of('b')));
        assertThat(feed(new InputDecoder(), "\u001b[200~a\u001b[201~b\u001b[200~c\u001b[201~"))
                .containsExactly(
                        new Input.Pasted("a"),
                        new Input.Pressed(Key.of('b')),
                        new Input.Pasted("c"));
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void megabyteIsRead() {
        InputDecoder decoder = new InputDecoder();
        String pasted = "0123456789abcde\n".repeat(65_536);
        List<Input> inputs = feed(decoder, "\u001b[200~" + pasted + "\u001b[201~");
        assertThat(inputs).containsExactly(new Input.Pasted(pasted));
    }

    @Test
    void splitsDoNotMatter() {
        StringBuilder all = new StringBuilder("\u001b[200~päste 日本\r\n\u001b[201~");
        keys().forEach(arguments -> all.append(arguments.get()[0]));
        all.append("\u001b[<65;1;1M\u001b[I👩‍👩‍👧");
        List<Input> whole = feed(new InputDecoder(), all.toString());
        byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            InputDecoder decoder = new InputDecoder();
            List<Input> inputs = new ArrayList<>();
            for (int at = 0; at < bytes.length; ) {
                int count = Math.min(bytes.length - at, 1 + random.nextInt(round % 5 + 1));
                inputs.addAll(decoder.feed(bytes, at, count));
                at += count;
            }
            assertThat(inputs).isEqualTo(whole);
        }
    }

    @Test
    void anyBytesAreSurvived() {
        Random random = new Random(5);
        InputDecoder decoder = new InputDecoder();
        for (int round = 0; round < 500; round++) {
            byte[] bytes = new byte[200];
            random.nextBytes(bytes);
            decoder.feed(bytes, 0, bytes.length);
            decoder.timeout();
        }
        assertThat(feed(decoder, "\u001b[201~\u0007\u001b\\x"))
                .endsWith(new Input.Pressed(Key.of('x')));
    }

    private static List<Input> feed(InputDecoder decoder, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return decoder.feed(bytes, 0, bytes.length);
    }
}
