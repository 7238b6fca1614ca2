package hal0.tui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tools are real programs in a folder of their own.
class ClipboardTest {
    @TempDir Path folder;

    @Test
    void toolOfTheDisplayTakesTheText() throws IOException {
        tool("xclip", "/bin/cat > " + folder.resolve("taken"));
        assertThat(clipboard(Map.of("DISPLAY", ":0")).take("zwölf\n")).isTrue();
        assertThat(folder.resolve("taken")).hasContent("zwölf\n");
    }

    @Test
    void nextToolIsAskedWhereOneFails() throws IOException {
        tool("xclip", "exit 1");
        tool("xsel", "/bin/cat > " + folder.resolve("taken"));
        assertThat(clipboard(Map.of("DISPLAY", ":0")).take("x")).isTrue();
        assertThat(folder.resolve("taken")).hasContent("x");
    }

    @Test
    void clipboardOfAFarMachineIsNotTheUsers() throws IOException {
        tool("wl-copy", "exit 0");
        tool("pbcopy", "exit 0");
        Map<String, String> far = Map.of("SSH_TTY", "/dev/pts/1", "WAYLAND_DISPLAY", "wayland-0");
        assertThat(clipboard(far).take("x")).isFalse();
    }

    @Test
    void withoutAToolTheTerminalIsAsked() {
        Clipboard none = clipboard(Map.of("TERM", "xterm"));
        assertThat(none.take("x")).isFalse();
        String data = Base64.getEncoder().encodeToString("ä".getBytes(StandardCharsets.UTF_8));
        assertThat(none.sequence("ä")).isEqualTo("\u001b]52;c;" + data + "\u0007");
        assertThat(clipboard(Map.of("TMUX", "/tmp/x,1,0")).sequence("ä"))
                .contains("\u001bPtmux;\u001b\u001b]52;c;" + data + "\u0007\u001b\\");
    }

    @Test
    void tmuxGetsItIntoABufferOfItsOwnAndNothingIsClaimed() throws IOException {
        tool(
                "tmux",
                "echo \"$@\" > "
                        + folder.resolve("asked")
                        + "; /bin/cat > "
                        + folder.resolve("taken"));
        assertThat(clipboard(Map.of("TMUX", "/tmp/x,1,0")).take("x")).isFalse();
        assertThat(folder.resolve("asked")).hasContent("load-buffer -w -");
        assertThat(folder.resolve("taken")).hasContent("x");
    }

    private Clipboard clipboard(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("PATH", folder.toString());
        return new Clipboard(environment);
    }

    private void tool(String name, String does) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + does + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
