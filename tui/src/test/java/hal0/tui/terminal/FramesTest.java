package hal0.tui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever follows on whatever: what the terminal shows is what was drawn.
class FramesTest {
    @ParameterizedTest
    @CsvSource({"1,12,4", "2,12,9", "3,30,12", "4,120,40", "5,2,3", "6,7,30"})
    void screenIsTheLastFrameInTextStyleAndCursor(long seed, int columns, int rows) {
        Size size = new Size(columns, rows);
        RandomFrames frames = new RandomFrames(seed, size, RandomFrames.JOINED);
        FrameWriter writer = new FrameWriter(false);
        VirtualScreen screen = new VirtualScreen(size);
        for (int round = 0; round < 120_000 / columns / rows + 200; round++) {
            Frame frame = frames.next();
            screen.write(writer.write(frame));
            assertSame(screen, frame, "round " + round);
        }
    }

    private static void assertSame(VirtualScreen screen, Frame frame, String when) {
        Canvas canvas = frame.canvas();
        for (int y = 0; y < canvas.size().rows(); y++) {
            for (int x = 0; x < canvas.size().columns(); x++) {
                String cluster = canvas.cluster(x, y);
                String where = when + ", column " + x + ", row " + y;
                assertThat(screen.cell(x, y)).as(where).isEqualTo(cluster);
                Style style = canvas.style(x, y);
                boolean seen = !cluster.equals(" ") || style.showsOnBlank();
                assertThat(looks(screen.look(x, y), seen)).as(where).isEqualTo(codes(style));
            }
        }
        assertThat(screen.modes().contains("?25")).as(when).isEqualTo(frame.hasCursor());
        assertThat(screen.modes()).as(when).doesNotContain("?2026");
        if (frame.hasCursor()) {
            assertThat(screen.cursorColumn()).isEqualTo(frame.cursorColumn());
            assertThat(screen.cursorRow()).isEqualTo(frame.cursorRow());
        }
    }

    /// A blank may have been written in any pen that shows nothing on it.
    private static String looks(String look, boolean seen) {
        return seen
                ? look
                : look.replaceAll("(^| )(1|2|3|38;\\S*|3[0-79]|9[0-7])(?= |$)", "").strip();
    }

    private static String codes(Style style) {
        StringBuilder out = new StringBuilder();
        String sequence = style.sequence();
        VirtualScreen pen = new VirtualScreen(new Size(1, 1));
        pen.write(sequence + "x");
        return out.append(pen.look(0, 0)).toString();
    }
}
