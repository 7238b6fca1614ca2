package hal0.tui.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalExt;
import org.jline.utils.InfoCmp;

/// The terminal of this process, through JLine: raw mode, size and signals are JLine's.
///
/// Bytes do not go through JLine: its `close` waits for a `read` that blocks, its reader costs a
/// thread hand-over per character, and its decoder does not know all keys.
public final class JLineTty implements Tty {
    private static final System.Logger LOG = System.getLogger(JLineTty.class.getName());

    /// What raw mode switches off.
    private static final List<Attributes.LocalFlag> RAW_LOCAL =
            List.of(
                    Attributes.LocalFlag.ICANON,
                    Attributes.LocalFlag.ECHO,
                    Attributes.LocalFlag.IEXTEN,
                    Attributes.LocalFlag.ISIG);

    private static final List<Attributes.InputFlag> RAW_INPUT =
            List.of(
                    Attributes.InputFlag.IXON,
                    Attributes.InputFlag.ICRNL,
                    Attributes.InputFlag.INLCR);

    private final Terminal terminal;
    private final Attributes original;
    private final Keyboard keyboard = new Keyboard();
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private Runnable onInterrupt = () -> {};
    private Runnable onStop = () -> {};

    private JLineTty(Terminal terminal) {
        this.terminal = terminal;
        this.original = terminal.getAttributes();
    }

    /// Opens it; nothing of the terminal is changed yet.
    ///
    /// With a handler of its own JLine takes only INT, TSTP, CONT and WINCH; with its default one
    /// INT would end the program without shutdown hooks. TERM and HUP stay the JVM's. **Errors**
    /// IOException when there is no terminal.
    public static JLineTty open() throws IOException {
        try {
            return checked(built());
        } catch (IllegalStateException e) {
            throw new IOException("this is not a terminal: " + e.getMessage(), e);
        }
    }

    /// The JNI way takes half the processor time of the other, which generates its calls at run
    /// time; but it unpacks a library, which some systems do not let run where temporary files lie.
    private static Terminal built() throws IOException {
        try {
            return built("jni");
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "no terminal by way of JNI", e);
            return built("ffm");
        }
    }

    private static Terminal built(String provider) throws IOException {
        // Only its line editor would use what the terminal can do, and would have to run a program
        // to find that out.
        InfoCmp.setLoadedInfoCmp(System.getenv().getOrDefault("TERM", ""), "");
        return TerminalBuilder.builder()
                .provider(provider)
                .name("hal0")
                .system(true)
                .dumb(false)
                .encoding(StandardCharsets.UTF_8)
                .nativeSignals(true)
                .signalHandler(_ -> {})
                .graphemeCluster(false)
                .build();
    }

    private static JLineTty checked(Terminal terminal) throws IOException {
        boolean dumb = terminal.getType().startsWith(Terminal.TYPE_DUMB);
        if (dumb || !isKeyboard(terminal)) {
            terminal.close();
            throw new IOException(
                    dumb
                            ? "the terminal type `dumb` cannot show a full screen; set TERM"
                            : "standard input is not a terminal");
        }
        return new JLineTty(terminal);
    }

    private static boolean isKeyboard(Terminal terminal) {
        return terminal instanceof TerminalExt ext
                && ext.getProvider() != null
                && ext.getProvider().isSystemStream(SystemStream.Input);
    }

    @Override
    public Size size() {
        org.jline.terminal.Size size = terminal.getSize();
        boolean known = size.getColumns() > 0 && size.getRows() > 0;
        return known ? new Size(size.getColumns(), size.getRows()) : new Size(80, 24);
    }

    /// Echoes nothing from now on: what is typed until there is a screen is for its prompt.
    public JLineTty quiet() {
        boolean echoed = original.getLocalFlag(Attributes.LocalFlag.ECHO);
        applyRaw();
        keyboard.remember(echoed);
        return this;
    }

    @Override
    public void raw() {
        applyRaw();
        write(keyboard.unecho(size().columns()).getBytes(StandardCharsets.US_ASCII));
        keyboard.reclaim();
    }

    private void applyRaw() {
        Attributes raw = new Attributes(original);
        raw.setLocalFlags(EnumSet.copyOf(RAW_LOCAL), false);
        raw.setInputFlags(EnumSet.copyOf(RAW_INPUT), false);
        raw.setControlChar(Attributes.ControlChar.VMIN, 1);
        raw.setControlChar(Attributes.ControlChar.VTIME, 0);
        terminal.setAttributes(raw);
    }

    @Override
    public String sttyWords() {
        StringBuilder words = new StringBuilder();
        RAW_LOCAL.forEach(flag -> word(words, original.getLocalFlag(flag), flag));
        RAW_INPUT.forEach(flag -> word(words, original.getInputFlag(flag), flag));
        return words.append("min ")
                .append(original.getControlChar(Attributes.ControlChar.VMIN))
                .append(" time ")
                .append(original.getControlChar(Attributes.ControlChar.VTIME))
                .toString();
    }

    private static void word(StringBuilder words, boolean on, Enum<?> flag) {
        words.append(on ? "" : "-").append(flag.name().toLowerCase(Locale.ROOT)).append(' ');
    }

    /// When the process ends, JLine closes the terminal by a hook of its own and sets the original
    /// attributes there; then, and when the terminal itself has gone, nothing is left to do.
    @Override
    public void restore() {
        // What is typed from here on is for the shell, although this program takes a moment to end.
        keyboard.release();
        try {
            terminal.setAttributes(original);
        } catch (IllegalStateException | IOError e) {
            LOG.log(System.Logger.Level.DEBUG, "the terminal is closed already", e);
        }
    }

    @Override
    public int read(byte[] buffer) throws IOException {
        return keyboard.read(buffer);
    }

    /// Signals are caught instead of ignored: what is ignored, a program that we start ignores too.
    @Override
    public void lend(Runnable user) {
        Runnable interrupt = onInterrupt;
        Runnable stop = onStop;
        terminal.handle(Terminal.Signal.INT, _ -> {});
        terminal.handle(Terminal.Signal.TSTP, _ -> {});
        try {
            keyboard.lend(user);
        } finally {
            terminal.handle(Terminal.Signal.INT, _ -> interrupt.run());
            terminal.handle(Terminal.Signal.TSTP, _ -> stop.run());
        }
    }

    @Override
    public void write(byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to the terminal", e);
        }
    }

    @Override
    public void onResize(Runnable action) {
        terminal.handle(Terminal.Signal.WINCH, _ -> action.run());
    }

    @Override
    public void onInterrupt(Runnable action) {
        onInterrupt = action;
        terminal.handle(Terminal.Signal.INT, _ -> action.run());
    }

    @Override
    public void onSuspend(Runnable stop, Runnable resumed) {
        onStop = stop;
        terminal.handle(Terminal.Signal.TSTP, _ -> stop.run());
        terminal.handle(Terminal.Signal.CONT, _ -> resumed.run());
    }

    /// The whole process group is stopped, so that a launcher script in front of us is, too. `kill`
    /// is stopped along with us and ends after we are continued. Where nobody could continue us (an
    /// orphaned group) the system ignores the signal, which it would not do with SIGSTOP.
    @Override
    public void suspend() {
        terminal.handle(Terminal.Signal.TSTP, Terminal.SignalHandler.SIG_DFL);
        try {
            new ProcessBuilder("kill", "-TSTP", "0").inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot suspend: there is no `kill` command", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Runnable stop = onStop;
            terminal.handle(Terminal.Signal.TSTP, _ -> stop.run());
        }
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the terminal", e);
        }
    }
}
