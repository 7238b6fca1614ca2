package hal0.tui;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the user can paste from.
///
/// **Shape** a tool of the system says whether it took the text; where there is none, and on
/// another machine's terminal, the terminal is asked by OSC 52, which is not answered. **Threads**
/// any but the UI thread; a tool that hangs is given up. **Source**
/// https://invisible-island.net/xterm/ctlseqs/ctlseqs.html (OSC 52),
/// https://github.com/tmux/tmux/wiki/Clipboard (read 2026-11-21).
final class Clipboard {
    private static final System.Logger LOG = System.getLogger(Clipboard.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Map<String, String> environment;

    Clipboard(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    private record Tool(List<String> command, Charset charset) {
        Tool(String... command) {
            this(List.of(command), StandardCharsets.UTF_8);
        }
    }

    /// Whether a tool of this system took the text.
    boolean take(String text) {
        for (Tool tool : tools()) {
            Path program = program(tool.command().getFirst());
            if (program != null && run(program, tool, text)) {
                return true;
            }
        }
        tellTmux(text);
        return false;
    }

    /// As tmux is set up by default it takes no clipboard from programs, but hands on to its
    /// terminal what is put into a buffer of its own.
    private void tellTmux(String text) {
        Path tmux = isSet("TMUX") ? program("tmux") : null;
        if (tmux != null) {
            boolean told = run(tmux, new Tool("tmux", "load-buffer", "-w", "-"), text);
            LOG.log(System.Logger.Level.DEBUG, "tmux took the text: {0}", told);
        }
    }

    /// Over SSH the tools would fill the clipboard of the far machine, unless its display is ours.
    private List<Tool> tools() {
        List<Tool> tools = new ArrayList<>();
        boolean far = isSet("SSH_CONNECTION") || isSet("SSH_TTY");
        if (!far && isSet("WAYLAND_DISPLAY")) {
            tools.add(new Tool("wl-copy"));
        }
        String display = environment.getOrDefault("DISPLAY", "");
        if (far ? display.startsWith("localhost:") : !display.isEmpty()) {
            tools.add(new Tool("xclip", "-selection", "clipboard"));
            tools.add(new Tool("xsel", "--clipboard", "--input"));
        }
        if (!far) {
            tools.add(new Tool("pbcopy"));
            // It reads the code page of the console unless the text says what it is.
            tools.add(new Tool(List.of("clip.exe"), StandardCharsets.UTF_16));
            tools.add(new Tool("termux-clipboard-set"));
        }
        return tools;
    }

    private boolean isSet(String name) {
        return !environment.getOrDefault(name, "").isEmpty();
    }

    private @Nullable Path program(String name) {
        for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
            Path file = Path.of(folder).resolve(name);
            if (!folder.isEmpty() && Files.isExecutable(file)) {
                return file;
            }
        }
        return null;
    }

    /// Some tools go on in the background with what they took, so their output is not waited for.
    private static boolean run(Path program, Tool tool, String text) {
        List<String> command = new ArrayList<>(tool.command());
        command.set(0, program.toString());
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(text.getBytes(tool.charset()));
            }
            if (process.waitFor(PATIENCE)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, program + " did not take the text", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /// What asks the terminal to take it. In tmux both ways: which of them works is tmux's setting.
    String sequence(String text) {
        String data = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        String plain = "\u001b]52;c;" + data + "\u0007";
        if (isSet("TMUX")) {
            return plain + "\u001bPtmux;" + plain.replace("\u001b", "\u001b\u001b") + "\u001b\\";
        }
        boolean screen =
                environment.getOrDefault("TERM", "").toLowerCase(Locale.ROOT).startsWith("screen");
        return screen ? "\u001bP" + plain + "\u001b\\" : plain;
    }
}
