package hal0.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import com.pty4j.WinSize;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// The real program in a real pseudo-terminal that xterm.js reads, which is what VS Code and many
/// others show.
///
/// **Threads** one asks; closing ends both. Needs `HAL0_TEST_NPM`.
final class XtermProgram implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PtyProcess program;
    private final Process terminal;
    private final OutputStream orders;
    private final BlockingQueue<Screen> answers = new ArrayBlockingQueue<>(16);
    private final AtomicLong written = new AtomicLong();

    private XtermProgram(PtyProcess program, Process terminal) {
        this.program = program;
        this.terminal = terminal;
        this.orders = terminal.getOutputStream();
    }

    /// What is shown. **Shape** `history` is what the normal screen holds with all that was
    /// scrolled out of it; `colors` names each that the screen shows.
    record Screen(
            List<String> lines,
            List<String> history,
            int x,
            int y,
            boolean alternate,
            boolean paste,
            boolean focus,
            String mouse,
            List<String> colors,
            int titles,
            int bells,
            List<String> clipboard) {

        /// Blanks at the end of a line cannot be seen.
        String text() {
            return String.join("\n", lines.stream().map(String::stripTrailing).toList());
        }
    }

    static XtermProgram start(
            Path npm, int columns, int rows, Hal0Process.Setup setup, String... arguments)
            throws Exception {
        Path script = Path.of(XtermProgram.class.getResource("/npm/screen.cjs").toURI());
        Process terminal =
                new ProcessBuilder(
                                "node",
                                script.toString(),
                                npm.toString(),
                                String.valueOf(columns),
                                String.valueOf(rows))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        Map<String, String> environment = new TreeMap<>(setup.environment());
        environment.putIfAbsent("TERM", "xterm-256color");
        PtyProcess program =
                new PtyProcessBuilder(Hal0Process.command(arguments).toArray(new String[0]))
                        .setEnvironment(environment)
                        .setDirectory(environment.get("HAL0_HOME"))
                        .setInitialColumns(columns)
                        .setInitialRows(rows)
                        .start();
        XtermProgram running = new XtermProgram(program, terminal);
        Thread.ofPlatform().name("pty-to-xterm").daemon().start(running::show);
        Thread.ofPlatform().name("xterm-answers").daemon().start(running::listen);
        return running;
    }

    private void show() {
        byte[] buffer = new byte[1 << 16];
        try (InputStream out = program.getInputStream()) {
            for (int n = out.read(buffer); n >= 0; n = out.read(buffer)) {
                written.addAndGet(n);
                order("w " + Base64.getEncoder().encodeToString(Arrays.copyOf(buffer, n)));
            }
        } catch (IOException e) {
            // The terminal was closed under us: the program has ended.
        }
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(terminal.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("d ")) {
                    bytes(Base64.getDecoder().decode(line.substring(2)));
                } else {
                    answers.put(screen(JSON.readTree(line.substring(2))));
                }
            }
        } catch (IOException e) {
            // Either has ended.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Screen screen(JsonNode json) {
        return new Screen(
                texts(json.get("lines")),
                texts(json.get("history")),
                json.get("x").asInt(),
                json.get("y").asInt(),
                json.get("alternate").asBoolean(),
                json.get("paste").asBoolean(),
                json.get("focus").asBoolean(),
                json.get("mouse").asText(),
                texts(json.get("colors")),
                json.get("titles").asInt(),
                json.get("bells").asInt(),
                texts(json.get("clipboard")));
    }

    private static List<String> texts(JsonNode array) {
        List<String> out = new ArrayList<>();
        array.forEach(each -> out.add(each.asText()));
        return out;
    }

    private synchronized void order(String line) throws IOException {
        orders.write((line + "\n").getBytes(US_ASCII));
        orders.flush();
    }

    private synchronized void bytes(byte[] typed) throws IOException {
        program.getOutputStream().write(typed);
        program.getOutputStream().flush();
    }

    void type(String text) {
        try {
            bytes(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The terminal first, as when a window changes.
    void resize(int columns, int rows) {
        try {
            order("r %d %d".formatted(columns, rows));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        program.setWinSize(new WinSize(columns, rows));
    }

    /// Bytes that the program has written.
    long written() {
        return written.get();
    }

    long pid() {
        return program.pid();
    }

    Screen screen() {
        try {
            order("s");
            Screen screen = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (screen == null) {
                throw new AssertionError("the terminal does not answer");
            }
            return screen;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    Screen await(String... expected) {
        return await(
                screen -> Arrays.stream(expected).allMatch(screen.text()::contains),
                String.join(", ", expected));
    }

    Screen await(Predicate<Screen> condition, String expected) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Screen screen = screen();
        while (!condition.test(screen)) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "waited for %s; the screen holds%n%s".formatted(expected, screen.text()));
            }
            screen = screen();
        }
        return screen;
    }

    /// Waits for the end of the program; its exit code.
    int ended() throws InterruptedException {
        if (!program.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the program does not end:%n%s".formatted(screen().text()));
        }
        return program.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        program.destroyForcibly();
        terminal.destroyForcibly();
        if (!program.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("process %d cannot be ended".formatted(program.pid()));
        }
    }
}
