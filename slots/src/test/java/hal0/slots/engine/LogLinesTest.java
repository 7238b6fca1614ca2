package hal0.slots.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import hal0.slots.runtime.LogLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogLinesTest {
    private static final Instant AT = Instant.parse("2026-11-21T17:39:31.227354615Z");

    private final List<LogLine> lines = new ArrayList<>();
    private final LogLines assembled = new LogLines(lines::add);

    @Test
    void lineIsPutTogetherOfAnyPieces() {
        byte[] text = (AT + " größer\n").getBytes(UTF_8);
        for (byte piece : text) {
            assembled.add(new Frame(StreamType.STDOUT, new byte[] {piece}));
        }
        assertThat(lines).containsExactly(new LogLine(AT, false, "größer"));
    }

    @Test
    void streamsThatCrossKeepTheirLines() {
        add(StreamType.STDOUT, AT + " one");
        add(StreamType.STDERR, AT + " bad\n");
        add(StreamType.STDOUT, " line\n");
        assertThat(lines)
                .containsExactly(new LogLine(AT, true, "bad"), new LogLine(AT, false, "one line"));
    }

    @Test
    void lineOfATerminalLosesItsCarriageReturnAndOneWithoutTimeIsKept() {
        add(StreamType.RAW, "2026-11-21T17:39:31.227354615+00:00 a\r\nplain text\n\n");
        assertThat(lines)
                .containsExactly(
                        new LogLine(AT, false, "a"),
                        new LogLine(null, false, "plain text"),
                        new LogLine(null, false, ""));
    }

    @Test
    void emptyLineKeepsItsTime() {
        add(StreamType.STDOUT, AT + "\n" + AT + " \n");
        assertThat(lines).containsExactly(new LogLine(AT, false, ""), new LogLine(AT, false, ""));
    }

    @Test
    void lastLineNeedsNoEnd() {
        add(StreamType.STDOUT, AT + " cut off");
        assertThat(lines).isEmpty();
        assembled.end();
        assembled.end();
        assertThat(lines).containsExactly(new LogLine(AT, false, "cut off"));
    }

    @Test
    void endlessLineIsCut() {
        for (int i = 0; i < 200; i++) {
            add(StreamType.STDERR, "x".repeat(1024));
        }
        add(StreamType.STDERR, "\nnext\n");
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst().text()).hasSize(64 * 1024);
        assertThat(lines.getLast().text()).isEqualTo("next");
    }

    private void add(StreamType stream, String text) {
        assembled.add(new Frame(stream, text.getBytes(UTF_8)));
    }
}
