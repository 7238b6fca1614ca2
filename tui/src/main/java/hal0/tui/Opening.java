package hal0.tui;

import hal0.tui.state.UiState;
import hal0.tui.terminal.ColorDepth;
import hal0.tui.terminal.JLineTty;
import hal0.tui.terminal.Size;
import hal0.tui.terminal.Tty;
import hal0.tui.theme.Palettes;
import hal0.tui.view.FullScreen;
import hal0.tui.view.Theme;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// The terminal while it is being opened, beside whatever the screen needs to be read first: that
/// takes as long as to read it all. All that is changed of the terminal is that it does not echo
/// any more: who types ahead finds it in the prompt.
///
/// **Threads** of its own; the methods belong to whoever began it.
public final class Opening implements AutoCloseable {
    private final FutureTask<Tty> opening = new FutureTask<>(() -> JLineTty.open().quiet());
    private boolean taken;

    private Opening() {}

    /// `environment` tells how it will be drawn, which loads what draws.
    public static Opening begin(Map<String, String> environment) {
        Opening begun = new Opening();
        Thread.ofPlatform().name("tty-open").daemon().start(begun.opening);
        Thread.ofPlatform().name("tty-warm").daemon().start(() -> warm(environment));
        return begun;
    }

    private static void warm(Map<String, String> environment) {
        UiState guess = UiState.starting(new UiState.About("", ""), new Size(80, 24), false, null);
        Theme theme = Theme.of(Palettes.plain(false), ColorDepth.of(environment));
        new FullScreen(false).draw(guess, theme);
    }

    /// The terminal, which is the caller's from now on.
    ///
    /// **Errors** IOException when there is none.
    Tty take() throws IOException, InterruptedException {
        try {
            Tty tty = opening.get();
            taken = true;
            return tty;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io
                    ? io
                    : new IOException("cannot open the terminal: " + e.getCause(), e.getCause());
        }
    }

    /// Closes the terminal if nobody took it.
    @Override
    public void close() {
        if (taken) {
            return;
        }
        try {
            take().close();
        } catch (IOException e) {
            // There is no terminal, so none has to be closed; why is not what the user is told.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
