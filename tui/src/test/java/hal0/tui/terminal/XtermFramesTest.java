package hal0.tui.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextColor;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The same in a terminal that others wrote, which knows no joined clusters.
@Tag("npm")
class XtermFramesTest {
    private final ObjectMapper json = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({"11,12,5", "12,30,12", "13,80,24"})
    void xtermShowsTheLastFrameInTextStyleAndCursor(long seed, int columns, int rows)
            throws Exception {
        Size size = new Size(columns, rows);
        RandomFrames frames = new RandomFrames(seed, size, RandomFrames.PLAIN);
        FrameWriter writer = new FrameWriter(false);
        Process xterm = xterm(size);
        try (BufferedWriter in = xterm.outputWriter();
                BufferedReader out = xterm.inputReader()) {
            for (int round = 0; round < 300; round++) {
                Frame frame = frames.next();
                in.write(json.writeValueAsString(writer.write(frame)));
                in.newLine();
                in.flush();
                assertSame(json.readTree(out.readLine()), frame, "round " + round);
            }
        } finally {
            xterm.destroyForcibly();
        }
    }

    private static Process xterm(Size size) throws Exception {
        String npm = System.getenv("HAL0_TEST_NPM");
        assumeTrue(
                npm != null && !npm.isEmpty(),
                "HAL0_TEST_NPM names no folder with node_modules (.ci/run makes one)");
        Path script = Path.of(XtermFramesTest.class.getResource("/npm/cells.cjs").toURI());
        List<String> command = new ArrayList<>(List.of("node", script.toString(), npm));
        command.add(String.valueOf(size.columns()));
        command.add(String.valueOf(size.rows()));
        return started(command);
    }

    private static Process started(List<String> command) throws IOException {
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static void assertSame(JsonNode shown, Frame frame, String when) {
        Canvas canvas = frame.canvas();
        int columns = canvas.size().columns();
        for (int at = 0; at < columns * canvas.size().rows(); at++) {
            int x = at % columns;
            int y = at / columns;
            JsonNode cell = shown.path("cells").path(at);
            String where = when + ", column " + x + ", row " + y;
            String cluster = canvas.cluster(x, y);
            assertThat(cell.path(0).asText()).as(where).isEqualTo(cluster);
            if (!cluster.isEmpty() && !cluster.equals(" ")) {
                assertThat(cell.path(1).asText()).as(where).isEqualTo(look(canvas.style(x, y)));
            }
        }
        if (frame.hasCursor()) {
            assertThat(shown.path("x").asInt()).as(when).isEqualTo(frame.cursorColumn());
            assertThat(shown.path("y").asInt()).as(when).isEqualTo(frame.cursorRow());
        }
    }

    private static String look(Style style) {
        List<String> on = new ArrayList<>();
        if (style.faint()) {
            on.add("isDim");
        }
        if (style.codes().contains(SGR.BOLD)) {
            on.add("isBold");
        }
        if (style.codes().contains(SGR.UNDERLINE)) {
            on.add("isUnderline");
        }
        if (style.codes().contains(SGR.REVERSE)) {
            on.add("isInverse");
        }
        return String.join(" ", on)
                + "|"
                + number(style.foreground())
                + "|"
                + number(style.background());
    }

    private static String number(TextColor color) {
        if (color instanceof TextColor.RGB rgb) {
            return (rgb.getRed() << 16 | rgb.getGreen() << 8 | rgb.getBlue()) + "rgb";
        }
        if (color == TextColor.ANSI.RED) {
            return "1";
        }
        return color instanceof TextColor.Indexed ? "7" : "";
    }
}
