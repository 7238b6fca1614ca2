package hal0.tui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HyperlinksTest {
    @Test
    void onlyTerminalsThatAreKnownToTakeThemGetThem() {
        assertThat(Hyperlinks.areTaken(Map.of("TERM", "xterm-256color"))).isFalse();
        assertThat(Hyperlinks.areTaken(Map.of("TERM", "xterm-kitty"))).isTrue();
        assertThat(Hyperlinks.areTaken(Map.of("VTE_VERSION", "7600"))).isTrue();
        assertThat(Hyperlinks.areTaken(Map.of("VTE_VERSION", "4205"))).isFalse();
        assertThat(Hyperlinks.areTaken(Map.of("TERM", "tmux-256color", "TMUX", "x"))).isFalse();
        assertThat(
                        Hyperlinks.areTaken(
                                Map.of("TERM_PROGRAM", "tmux", "TERM_PROGRAM_VERSION", "3.4a")))
                .isTrue();
        assertThat(
                        Hyperlinks.areTaken(
                                Map.of("TERM_PROGRAM", "tmux", "TERM_PROGRAM_VERSION", "3.3a")))
                .isFalse();
    }

    @Test
    void onlyAddressesOfTheWebAndOfFilesAreLinksAndNothingInThemEndsTheSequence() {
        assertThat(Hyperlinks.address("https://a.b/ü;x y")).isEqualTo("https://a.b/%C3%BC%3Bx%20y");
        assertThat(Hyperlinks.address("file:///tmp/x")).isEqualTo("file:///tmp/x");
        assertThat(Hyperlinks.address("http://a\u001b\\b\u0007c\u009cd"))
                .isEqualTo("http://a%1B\\b%07c%C2%9Cd");
        assertThat(Hyperlinks.address("javascript:alert(1)")).isEmpty();
        assertThat(Hyperlinks.address("file://host/x")).isEmpty();
        assertThat(Hyperlinks.address("http://" + "x".repeat(3000))).isEmpty();
    }

    @Test
    void theLinkOfACellBeginsAndEndsWithIt() {
        FrameWriter writer = new FrameWriter(false);
        VirtualScreen screen = new VirtualScreen(new Size(20, 2));
        Canvas canvas = new Canvas(new Size(20, 2));
        int x = canvas.put(0, 0, "see ", Style.DEFAULT);
        x = canvas.put(x, 0, "here", Style.DEFAULT.withLink("http://a.b"));
        canvas.put(x, 0, " now", Style.DEFAULT);
        screen.write(writer.write(new Frame(canvas, 0, 1, 0)));
        assertThat(screen.lookOf("see")).isEmpty();
        assertThat(screen.lookOf("here")).isEqualTo("link http://a.b");
        assertThat(screen.lookOf("now")).isEmpty();
    }
}
