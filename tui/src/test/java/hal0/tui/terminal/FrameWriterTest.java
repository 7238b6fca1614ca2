package hal0.tui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameWriterTest {
    private static final Size SIZE = new Size(12, 4);

    @Test
    void unchangedFrameWritesNothing() {
        FrameWriter writer = new FrameWriter(false);
        assertThat(writer.write(frame("hello 日本"))).isNotEmpty();
        assertThat(writer.write(frame("hello 日本"))).isEmpty();
    }

    @Test
    void onlyChangedCellsAreWritten() {
        FrameWriter writer = new FrameWriter(false);
        VirtualScreen screen = new VirtualScreen(SIZE);
        screen.write(writer.write(frame("hello 日本")));
        int before = screen.cellsWritten();
        screen.write(writer.write(frame("hallo 日木")));
        assertThat(screen.cellsWritten() - before).isEqualTo(3);
        assertThat(screen.text()).startsWith("hallo 日木\n");
    }

    @Test
    void movedCursorIsAllThatIsWritten() {
        FrameWriter writer = new FrameWriter(false);
        Canvas canvas = new Canvas(SIZE);
        canvas.put(0, 0, "hello", Style.DEFAULT);
        writer.write(new Frame(canvas, 1, 0, 0));
        VirtualScreen screen = new VirtualScreen(SIZE);
        screen.write(writer.write(new Frame(canvas, 3, 2, 0)));
        assertThat(screen.cellsWritten()).isZero();
        assertThat(screen.cursorColumn()).isEqualTo(3);
        assertThat(screen.cursorRow()).isEqualTo(2);
    }

    @Test
    void asciiTerminalGetsAsciiOfTheSameWidth() {
        String written = new FrameWriter(true).write(frame("› 日é─ok"));
        assertThat(written.chars()).allMatch(c -> c < 0x7F);
        assertThat(written).contains("??").contains("ok");
    }

    private static Frame frame(String text) {
        Canvas canvas = new Canvas(SIZE);
        canvas.put(0, 0, text, Style.DEFAULT);
        return new Frame(canvas, 0, 0, 0);
    }
}
