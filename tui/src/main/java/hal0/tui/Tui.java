package hal0.tui;

import hal0.tui.state.Folds;
import hal0.tui.state.Scroll;
import hal0.tui.state.UiState;
import hal0.tui.state.Viewport;
import hal0.tui.terminal.ColorDepth;
import hal0.tui.terminal.FrameWriter;
import hal0.tui.terminal.JLineTty;
import hal0.tui.terminal.Size;
import hal0.tui.terminal.TerminalModes;
import hal0.tui.terminal.Tty;
import hal0.tui.theme.Palettes;
import hal0.tui.view.ScreenView;
import hal0.tui.view.Theme;
import hal0.tui.view.Transcription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// The full-screen client.
public final class Tui {
    private static final System.Logger LOG = System.getLogger(Tui.class.getName());
    private static final int READ_SIZE = 1 << 16;

    private Tui() {}

    /// How the screen was left: by the user, by SIGINT, because the terminal was closed, or because
    /// the process is ending.
    public enum Outcome {
        LEFT,
        INTERRUPTED,
        TERMINAL_GONE,
        TERMINATED
    }

    /// Takes the terminal of this process until the user leaves.
    ///
    /// **Errors** IOException when there is no terminal; whatever happens, the terminal is as it
    /// was when this returns or throws. **Threads** the calling thread becomes the UI thread.
    public static Outcome run(Services services) throws IOException, InterruptedException {
        try (Tty tty = open(services)) {
            return run(services, tty);
        }
    }

    /// Opening costs more than drawing, so the classes of the first frame are loaded meanwhile.
    private static Tty open(Services services) throws IOException, InterruptedException {
        FutureTask<Tty> opening = new FutureTask<>(JLineTty::open);
        Thread.ofPlatform().name("tty-open").daemon().start(opening);
        Map<String, String> environment = services.look().environment();
        UiState guess = start(services, new Size(80, 24));
        Theme theme = Theme.of(Palettes.plain(services.look().light()), ColorDepth.of(environment));
        new FrameWriter(false).write(ScreenView.draw(guess, theme));
        try {
            return opening.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io
                    ? io
                    : new IOException("cannot open the terminal: " + e.getCause(), e.getCause());
        }
    }

    /// Runs on a terminal that is already open.
    static Outcome run(Services services, Tty tty) throws InterruptedException {
        UiQueue queue = new UiQueue();
        TerminalModes modes = new TerminalModes(tty);
        // The terminal first; then the turn that runs gets its moment to be written down.
        Thread restore =
                new Thread(
                        () -> {
                            try {
                                modes.leave();
                            } finally {
                                queue.put(new Arrival.Ending());
                            }
                        },
                        "tty-restore");
        Runtime.getRuntime().addShutdownHook(restore);
        Worker worker = new Worker(services, queue::put);
        UiLoop loop = loop(services, tty, modes, queue, worker);
        Outcome outcome;
        try {
            tty.onInterrupt(() -> queue.put(new Arrival.Interrupted()));
            tty.onResize(() -> queue.put(new Arrival.Resize()));
            tty.onSuspend(
                    () -> queue.put(new Arrival.Stop()), () -> queue.put(new Arrival.Resumed()));
            modes.enter();
            loop.draw();
            Thread.ofPlatform().name("tty-input").daemon().start(() -> read(tty, queue));
            worker.start();
            outcome = loop.run();
        } finally {
            modes.leave();
            unhook(restore);
            worker.close();
        }
        // In a process that ends, the terminal is closed by another hook meanwhile.
        if (outcome == Outcome.LEFT || outcome == Outcome.INTERRUPTED) {
            printEnd(services, tty, loop.state());
        }
        return outcome;
    }

    private static UiLoop loop(
            Services services, Tty tty, TerminalModes modes, UiQueue queue, Worker worker) {
        Map<String, String> environment = services.look().environment();
        UiLoop.Drawing drawing =
                new UiLoop.Drawing(
                        ColorDepth.of(environment), !isUtf8(environment), System::nanoTime);
        return new UiLoop(tty, modes, queue, worker::run, drawing, start(services, tty.size()));
    }

    private static UiState start(Services services, Size size) {
        return UiState.starting(
                services.about(),
                size,
                services.look().light(),
                services.active(),
                services.earlier());
    }

    /// The first of `LC_ALL`, `LC_CTYPE`, `LANG` that is set decides; none means a bare system,
    /// which today is more often UTF-8 than not.
    static boolean isUtf8(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                String lower = value.toLowerCase(Locale.ROOT);
                return lower.contains("utf-8") || lower.contains("utf8");
            }
        }
        return true;
    }

    private static void read(Tty tty, UiQueue queue) {
        byte[] buffer = new byte[READ_SIZE];
        try {
            int count = tty.read(buffer);
            while (count >= 0) {
                queue.put(new Arrival.Bytes(Arrays.copyOf(buffer, count)));
                count = tty.read(buffer);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the terminal has gone", e);
        }
        queue.put(new Arrival.Gone());
    }

    private static void unhook(Thread restore) {
        try {
            Runtime.getRuntime().removeShutdownHook(restore);
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "the program is ending; the hook has run", e);
        }
    }

    /// Leaves the end of the conversation in the normal screen, where it can be scrolled to.
    private static void printEnd(Services services, Tty tty, UiState state) {
        Map<String, String> environment = services.look().environment();
        Theme theme = Theme.of(Palettes.plain(state.screen().light()), ColorDepth.of(environment));
        Size size = tty.size();
        Viewport end =
                new Viewport(
                        state.transcript().closed(),
                        size.columns() - 1,
                        size.rows() - 2,
                        Folds.NONE);
        String text = Transcription.of(end.window(new Scroll.Following()).lines(), theme);
        tty.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
