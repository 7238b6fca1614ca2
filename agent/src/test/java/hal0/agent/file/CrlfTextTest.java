package hal0.agent.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CrlfTextTest {
    @Test
    void whatIsAroundASpliceKeepsEveryByte() {
        Random random = new Random(5);
        for (int round = 0; round < 20_000; round++) {
            String raw = raw(random);
            CrlfText text = CrlfText.of(raw);
            int from = random.nextInt(text.plain().length() + 1);
            int to = from + random.nextInt(text.plain().length() - from + 1);
            String with = "<x\ny>".substring(0, random.nextInt(6));
            String result = text.with(List.of(new CrlfText.Splice(from, to, with)));
            String wanted = text.plain().substring(0, from) + with + text.plain().substring(to);
            assertThat(CrlfText.plain(result)).isEqualTo(wanted);
            assertThat(result).startsWith(rawPart(raw, 0, from));
            assertThat(result).endsWith(rawPart(raw, to, text.plain().length()));
        }
    }

    @Test
    void newLinesEndAsThoseAroundThem() {
        assertThat(inserted("a\r\nb\nc\r\n", 1)).isEqualTo("a|\r\n\r\nb\nc\r\n");
        assertThat(inserted("a\r\nb\nc\r\n", 3)).isEqualTo("a\r\nb|\n\nc\r\n");
        assertThat(inserted("a\r\nb", 3)).isEqualTo("a\r\nb|\r\n");
        assertThat(inserted("a", 1)).isEqualTo("a|\n");
    }

    private static String inserted(String raw, int at) {
        return CrlfText.of(raw).with(List.of(new CrlfText.Splice(at, at, "|\n")));
    }

    private static String raw(Random random) {
        String[] pieces = {"a", "\r\n", "\n", "é"};
        StringBuilder raw = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            raw.append(pieces[random.nextInt(pieces.length)]);
        }
        return raw.toString();
    }

    /// The plain way: goes through the raw text and counts.
    private static String rawPart(String raw, int from, int to) {
        StringBuilder part = new StringBuilder();
        int plain = 0;
        for (int i = 0; i < raw.length(); i++) {
            if (plain >= from && plain < to) {
                part.append(raw.charAt(i));
            }
            boolean first = raw.startsWith("\r\n", i);
            plain += first ? 0 : 1;
        }
        return part.toString();
    }
}
