package hal0.tui.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.Signals;

/// Lets the keys that interrupt (Ctrl-C, Ctrl-\\) be those of another program that has the
/// terminal: the terminal sends them to every program in it, and they are not for us.
///
/// **Threads** one opens and closes.
public final class IgnoredInterrupts implements AutoCloseable {
    private record Before(String signal, Object handler) {}

    private final List<Before> before = new ArrayList<>();

    private IgnoredInterrupts() {}

    public static IgnoredInterrupts now() {
        IgnoredInterrupts ignored = new IgnoredInterrupts();
        for (String signal : List.of("INT", "QUIT")) {
            // Taken and not heeded: a program that we start would inherit that it is ignored.
            // Null where the JVM keeps a signal for itself.
            Object handler = Signals.register(signal, () -> {});
            if (handler != null) {
                ignored.before.add(new Before(signal, handler));
            }
        }
        return ignored;
    }

    @Override
    public void close() {
        before.forEach(one -> Signals.unregister(one.signal(), one.handler()));
    }
}
