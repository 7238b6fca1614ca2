package hal0.tui;

import hal0.tui.inline.InlineSurface;
import hal0.tui.state.UiState;
import hal0.tui.terminal.Background;
import hal0.tui.terminal.ColorDepth;
import hal0.tui.terminal.Hyperlinks;
import hal0.tui.terminal.Inquiry;
import hal0.tui.terminal.Modes;
import hal0.tui.terminal.Size;
import hal0.tui.terminal.Tty;
import hal0.tui.theme.Palettes;
import hal0.tui.view.FullScreen;
import hal0.tui.view.Surface;
import hal0.tui.view.Theme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/// The client on a terminal: on all of the screen, or at the end of it.
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
    /// **Errors** IOException when there is no terminal, [BrokenScreenException] after a fault of
    /// the program, on whatever thread; whatever happens, the terminal is as it was when this
    /// returns or throws. **Threads** the calling thread becomes the UI thread.
    public static Outcome run(Services services, Opening opening)
            throws IOException, InterruptedException {
        try (Tty tty = opening.take()) {
            return run(services, tty);
        }
    }

    /// Runs on a terminal that is already open.
    static Outcome run(Services services, Tty tty) throws InterruptedException {
        UiQueue queue = new UiQueue();
        Worker worker = new Worker(services, queue::put);
        Surface surface = surface(services);
        Outcome outcome;
        UiState end;
        try (worker;
                TakenTerminal taken = TakenTerminal.of(tty, modes(services), queue)) {
            UiLoop loop = loop(services, tty, taken, queue, worker, surface);
            outcome = led(loop, services, tty, taken, queue, worker);
            end = loop.state();
            taken.modes().write(surface.end(end.closed(), theme(services, end)));
        } catch (RuntimeException | Error fault) {
            throw broken(services, fault);
        }
        // In a process that ends, the terminal is closed by another hook meanwhile.
        if (outcome == Outcome.LEFT || outcome == Outcome.INTERRUPTED) {
            String said = farewell(services, tty.size(), end);
            tty.write(said.getBytes(StandardCharsets.UTF_8));
        }
        return outcome;
    }

    private static Outcome led(
            UiLoop loop,
            Services services,
            Tty tty,
            TakenTerminal taken,
            UiQueue queue,
            Worker worker)
            throws InterruptedException {
        taken.modes().enter();
        loop.draw();
        Thread.ofPlatform().name("tty-input").daemon().start(() -> read(tty, queue));
        worker.start();
        Thread.ofPlatform().name("tty-watch").daemon().start(taken::watch);
        taken.modes().write(questions(services.look()));
        return loop.run();
    }

    private static String questions(Services.Look look) {
        boolean follows = look.settings().theme().equals(Palettes.AUTO);
        return (follows ? Background.question(look.environment()) : "")
                + Inquiry.questions(look.environment());
    }

    private static UiLoop loop(
            Services services,
            Tty tty,
            TakenTerminal taken,
            UiQueue queue,
            Worker worker,
            Surface surface) {
        Map<String, String> environment = services.look().environment();
        String attention = Attention.of(services.look().settings().attention(), environment);
        UiLoop.Drawing drawing =
                new UiLoop.Drawing(
                        ColorDepth.of(environment),
                        Hyperlinks.areTaken(environment),
                        surface,
                        attention,
                        new Editor(environment),
                        System::nanoTime);
        UiState start = start(services, tty.size());
        return new UiLoop(tty, taken.modes(), queue, worker::run, drawing, start);
    }

    private static Surface surface(Services services) {
        boolean ascii = !isUtf8(services.look().environment());
        return services.look().settings().inline()
                ? new InlineSurface(ascii, services.look().environment())
                : new FullScreen(ascii);
    }

    private static Modes modes(Services services) {
        TuiSettings settings = services.look().settings();
        return settings.inline() ? Modes.INLINE : new Modes(true, settings.mouse());
    }

    private static Theme theme(Services services, UiState state) {
        return Theme.of(state.screen().palette(), ColorDepth.of(services.look().environment()));
    }

    private static UiState start(Services services, Size size) {
        return UiState.starting(
                        services.about(),
                        size,
                        ThemeDesk.first(services.look()),
                        services.active(),
                        services.earlier())
                .withVim(services.look().settings().vim());
    }

    private static BrokenScreenException broken(Services services, Throwable fault) {
        LOG.log(System.Logger.Level.ERROR, "the screen broke", fault);
        String session = session(services);
        return fault instanceof BrokenScreenException elsewhere
                ? elsewhere.of(session)
                : new BrokenScreenException(Thread.currentThread().getName(), fault, session);
    }

    /// Leaves the end of the conversation in the normal screen, where it can be scrolled to.
    private static String farewell(Services services, Size size, UiState state) {
        Theme theme = theme(services, state);
        return services.look().settings().inline()
                ? Farewell.line(state, session(services), theme)
                : Farewell.whole(state, size, session(services), theme);
    }

    /// What can be gone on with; empty where nothing was said.
    private static String session(Services services) {
        Conversation conversation = services.conversation();
        return conversation.hasBegun() ? conversation.sessionId() : "";
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
}
