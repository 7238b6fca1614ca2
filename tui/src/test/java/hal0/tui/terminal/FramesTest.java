package hal0.tui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever follows on whatever: what the terminal shows is what was drawn.
class FramesTest {
    /// What a pen may be on a blank, since nobody sees it there.
    private static final Pattern UNSEEN =
            Pattern.compile("(^| )(1|2|3|38;\\S*|3[0-79]|9[0-7])(?= |$)");

    private final Map<Style, String> codes = new HashMap<>();

    @ParameterizedTest
    @CsvSource({
        "1,12,4,YES",
        "2,12,9,NO",
        "3,30,12,UNKNOWN",
        "4,120,40,YES",
        "5,2,3,UNKNOWN",
        "6,7,30,NO"
    })
    void screenIsTheLastFrameInTextStyleAndCursor(
            long seed, int columns, int rows, String synchronizes) {
        Size size = new Size(columns, rows);
        RandomFrames frames = new RandomFrames(seed, size, RandomFrames.JOINED);
        FrameWriter writer = new FrameWriter(false);
        if (!synchronizes.equals("UNKNOWN")) {
            writer.synchronizes(synchronizes.equals("YES"));
        }
        VirtualScreen screen = new VirtualScreen(size);
        for (int round = 0; round < 100_000 / columns / rows + 100; round++) {
            Frame frame = frames.next();
            screen.write(writer.write(frame));
            assertSame(screen, frame, "round " + round);
        }
    }

    private void assertSame(VirtualScreen screen, Frame frame, String when) {
        Canvas canvas = frame.canvas();
        StringBuilder shown = new StringBuilder();
        StringBuilder drawn = new StringBuilder();
        for (int y = 0; y < canvas.size().rows(); y++) {
            for (int x = 0; x < canvas.size().columns(); x++) {
                String cluster = canvas.cluster(x, y);
                Style style = canvas.style(x, y);
                boolean seen = !cluster.equals(" ") || style.showsOnBlank();
                drawn.append(cluster).append('{').append(codes(style)).append('}');
                shown.append(screen.cell(x, y)).append('{');
                shown.append(looks(screen.look(x, y), seen)).append('}');
            }
            shown.append('\n');
            drawn.append('\n');
        }
        assertThat(shown.toString()).as(when).isEqualTo(drawn.toString());
        assertThat(screen.modes().contains("?25")).as(when).isEqualTo(frame.hasCursor());
        assertThat(screen.modes()).as(when).doesNotContain("?2026");
        if (frame.hasCursor()) {
            assertThat(screen.cursorColumn()).isEqualTo(frame.cursorColumn());
            assertThat(screen.cursorRow()).isEqualTo(frame.cursorRow());
        }
    }

    private static String looks(String look, boolean seen) {
        return seen || look.isEmpty() ? look : UNSEEN.matcher(look).replaceAll("").strip();
    }

    private String codes(Style style) {
        return codes.computeIfAbsent(
                style,
                each -> {
                    VirtualScreen pen = new VirtualScreen(new Size(1, 1));
                    pen.write(each.sequence() + "x");
                    return pen.look(0, 0);
                });
    }
}
