package hal0.tui;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.tui.TuiSettings.Notify;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttentionTest {
    private static String auto(Map<String, String> environment) {
        return Attention.of(Notify.AUTO, environment);
    }

    @Test
    void desktopIsToldWhereTheTerminalPassesItOn() {
        assertThat(auto(Map.of("TERM", "xterm-kitty"))).startsWith("\u001b]99;");
        assertThat(auto(Map.of("TERM_PROGRAM", "iTerm.app"))).startsWith("\u001b]9;");
        assertThat(auto(Map.of("TERM", "foot"))).startsWith("\u001b]777;notify;");
    }

    @Test
    void bellRingsWhereThatIsNotKnown() {
        assertThat(auto(Map.of("TERM", "xterm-256color"))).isEqualTo("\u0007");
        assertThat(auto(Map.of("TERM_PROGRAM", "iTerm.app", "TMUX", "/tmp/x"))).isEqualTo("\u0007");
    }

    @Test
    void userDecides() {
        assertThat(Attention.of(Notify.OFF, Map.of("TERM", "xterm-kitty"))).isEmpty();
        assertThat(Attention.of(Notify.BELL, Map.of("TERM", "xterm-kitty"))).isEqualTo("\u0007");
    }
}
