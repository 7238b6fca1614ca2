package hal0.tui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    @Test
    void shellWritesWhatWasMeant() throws IOException, InterruptedException {
        String all = Modes.FULL_SCREEN.leave() + "\u0007 100% \\ \u001b]0;x\u0007";
        Process printf =
                new ProcessBuilder("sh", "-c", "printf \"$1\"", "sh", Watchdog.escaped(all))
                        .start();
        byte[] written = printf.getInputStream().readAllBytes();
        printf.waitFor();
        assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo(all);
    }
}
