package hal0.agent.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTextTest {
    private static String inPieces(byte[] bytes, Random random, int most) {
        StringBuilder all = new StringBuilder();
        TerminalText text = new TerminalText(all::append);
        ByteBuffer buffer = ByteBuffer.allocate(most + 8);
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(1 + random.nextInt(most), bytes.length - at);
            buffer.put(bytes, at, length).flip();
            text.accept(buffer);
            buffer.compact();
            at += length;
        }
        text.end(buffer.flip());
        return all.toString();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            textBlock =
                    """
                    "a\\r\\nb\\n", "a\\nb\\n"
                    "10%\\r20%\\r30%\\n", "30%\\n"
                    "10%\\r", "10%"
                    "\\e[1;31mred\\e[0m", "red"
                    "\\e]0;title\\x07text", "text"
                    "\\e]8;;http://x\\e\\\\link\\e]8;;\\e\\\\", "link"
                    "\\ePq#0\\e\\\\after", "after"
                    "\\e(Bx\\e=y", "xy"
                    "ab\\b\\bcd", "cd"
                    "x\\ny\\b\\bz", "x\\nz"
                    "a\\x00b\\x07c\\x7fd", "abcd"
                    "tab\\there", "tab\\there"
                    "\\e[31", ""
                    "a\\e[3\\nb", "a\\nb"
                    """)
    void onlyTextRemains(String given, String expected) {
        assertThat(TerminalText.plain(escaped(given).getBytes(UTF_8))).isEqualTo(escaped(expected));
    }

    private static String escaped(String text) {
        return text.replace("\\e", "\u001b")
                .replace("\\x07", "\u0007")
                .replace("\\x00", "\0")
                .replace("\\x7f", "\u007f")
                .replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\b", "\b")
                .replace("\\t", "\t")
                .replace("\\\\", "\\");
    }

    @Test
    void aControlStringWithoutEndDoesNotHideTheRest() {
        String text =
                TerminalText.plain(("\u001b]0;" + "x".repeat(10_000) + "\nend").getBytes(UTF_8));
        assertThat(text).endsWith("\nend");
    }

    @Test
    void howTheBytesAreCutMakesNoDifference() {
        Random random = new Random(20261121);
        String[] pieces = {
            "word ",
            "\n",
            "\r",
            "\r\n",
            "\u001b[2K",
            "\u001b]0;t\u0007",
            "é",
            "日本",
            "😀",
            "\b",
            "\t"
        };
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            byte[] bytes = text.toString().getBytes(UTF_8);
            if (bytes.length > 3) {
                bytes[random.nextInt(bytes.length)] = (byte) 0xff;
            }
            String whole = TerminalText.plain(bytes);
            assertThat(inPieces(bytes, random, 1)).isEqualTo(whole);
            assertThat(inPieces(bytes, random, 7)).isEqualTo(whole);
        }
    }

    @Test
    void randomBytesAreNeverRefusedAndLeaveNoControlCharacters() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            byte[] bytes = new byte[random.nextInt(3000)];
            random.nextBytes(bytes);
            assertThat(TerminalText.plain(bytes))
                    .matches(text ->
                            text.chars()
                                    .allMatch(c ->
                                            c == '\n' || c == '\t' || !Character.isISOControl(c)));
        }
    }
}
