package hal0.tui;

import hal0.tui.state.Effect;
import hal0.tui.state.Reducer;
import hal0.tui.state.UiEvent;
import hal0.tui.state.UiState;
import hal0.tui.terminal.Clicks;
import hal0.tui.terminal.ColorDepth;
import hal0.tui.terminal.Input;
import hal0.tui.terminal.InputDecoder;
import hal0.tui.terminal.Inquiry;
import hal0.tui.terminal.TerminalModes;
import hal0.tui.terminal.Tty;
import hal0.tui.theme.Palette;
import hal0.tui.view.Surface;
import hal0.tui.view.Theme;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The loop of the UI thread: takes what arrived, reduces it, draws when [Pace] says so and only
/// when something changed.
final class UiLoop {
    private static final System.Logger LOG = System.getLogger(UiLoop.class.getName());
    static final long ESCAPE_NANOS = 40_000_000L;
    static final long TICK_NANOS = 1_000_000_000L;
    static final long GLANCE_NANOS = 10_000_000_000L;

    private final Tty tty;
    private final TerminalModes modes;
    private final UiQueue queue;
    private final Consumer<Effect.Work> work;
    private final LongSupplier nanoTime;
    private final InputDecoder decoder = new InputDecoder();
    private final Clicks clicks = new Clicks();
    private final Pace pace;
    private final Surface surface;
    private final Inquiry inquiry;
    private final String attention;
    private final ColorDepth depth;
    private final boolean links;
    private Theme theme;
    private Palette palette;
    private final Editor editor;

    private UiState state;
    private int cursor;
    private boolean shaped;
    private boolean done;
    private Tui.Outcome outcome = Tui.Outcome.LEFT;
    private long lastBytes;
    private long nextTick;
    private long lastGlance;

    UiLoop(
            Tty tty,
            TerminalModes modes,
            UiQueue queue,
            Consumer<Effect.Work> work,
            Drawing drawing,
            UiState start) {
        this.tty = tty;
        this.modes = modes;
        this.queue = queue;
        this.work = work;
        this.nanoTime = drawing.nanoTime();
        this.surface = drawing.surface();
        this.inquiry = new Inquiry(modes, surface::synchronizes);
        this.attention = drawing.attention();
        this.depth = drawing.depth();
        this.links = drawing.links();
        this.palette = start.palette();
        this.theme = Theme.of(palette, depth).withLinks(links);
        this.editor = drawing.editor();
        this.state = start;
        this.lastGlance = nanoTime.getAsLong();
        this.pace = new Pace(nanoTime.getAsLong());
    }

    /// How frames are made; `attention` is what calls a user who looks elsewhere, `editor` what the
    /// terminal is handed to where the user wants that.
    record Drawing(
            ColorDepth depth,
            boolean links,
            Surface surface,
            String attention,
            Editor editor,
            LongSupplier nanoTime) {}

    UiState state() {
        return state;
    }

    /// Runs until the user leaves or the terminal is gone.
    Tui.Outcome run() throws InterruptedException {
        while (!done) {
            Duration gather = Duration.ofNanos(pace.calm(nanoTime.getAsLong()));
            step(queue.drain(timeout(), gather));
        }
        return outcome;
    }

    private void leave(Tui.Outcome why) {
        done = true;
        outcome = why;
    }

    void step(List<Arrival> arrivals) {
        for (Arrival arrival : arrivals) {
            if (!done) {
                arrived(arrival);
            }
        }
        long now = nanoTime.getAsLong();
        if (!done && decoder.isPending() && now - lastBytes >= ESCAPE_NANOS) {
            decoder.timeout().forEach(this::did);
        }
        if (isTicking() && now - nextTick >= 0) {
            nextTick = now + TICK_NANOS;
            glance();
            apply(new UiEvent.Tick());
        }
        if (!done && pace.isDirty() && pace.due(now) <= 0) {
            draw();
        }
    }

    /// How long nothing needs to be done; null when only an arrival can change something.
    private @Nullable Duration timeout() {
        long now = nanoTime.getAsLong();
        long wait = Long.MAX_VALUE;
        if (pace.isDirty()) {
            wait = pace.due(now);
        }
        if (decoder.isPending()) {
            wait = Math.min(wait, lastBytes + ESCAPE_NANOS - now);
        }
        if (isTicking()) {
            wait = Math.min(wait, nextTick - now);
        }
        return wait == Long.MAX_VALUE ? null : Duration.ofNanos(Math.max(0, wait));
    }

    /// Whether seconds are told.
    private boolean isTicking() {
        return Reducer.isTicking(state);
    }

    private void arrived(Arrival arrival) {
        switch (arrival) {
            case Arrival.Event(var event) -> apply(event);
            case Arrival.Bytes(var bytes) -> {
                lastBytes = nanoTime.getAsLong();
                decoder.feed(bytes, 0, bytes.length).forEach(this::did);
            }
            case Arrival.Resize() -> {
                remeasure();
                pace.resized(nanoTime.getAsLong());
            }
            case Arrival.Stop() -> suspend();
            case Arrival.Resumed() -> resume();
            case Arrival.Interrupted() -> leave(Tui.Outcome.INTERRUPTED);
            case Arrival.Ending() -> leave(Tui.Outcome.TERMINATED);
            case Arrival.Gone() -> leave(Tui.Outcome.TERMINAL_GONE);
            case Arrival.Typed _, Arrival.Settled _ -> {
                // Of the client in lines.
            }
            case Arrival.Broken(var thread, var fault) ->
                    throw new BrokenScreenException(thread, fault, "");
        }
    }

    private void did(Input input) {
        if (input instanceof Input.Reported answer) {
            inquiry.heard(answer);
        } else if (!done) {
            pace.acted();
            glance();
            apply(new UiEvent.Did(clicks.counted(input, nanoTime.getAsLong())));
        }
    }

    /// What is shown of others is looked at again while somebody is here or something goes on.
    private void glance() {
        long now = nanoTime.getAsLong();
        if (now - lastGlance >= GLANCE_NANOS) {
            lastGlance = now;
            work.accept(new Effect.Glance());
        }
    }

    private void apply(UiEvent event) {
        boolean ticked = isTicking();
        Effect.Next next = Reducer.reduce(state, event);
        if (!next.state().equals(state)) {
            pace.changed();
        }
        state = next.state();
        if (!ticked && isTicking()) {
            nextTick = nanoTime.getAsLong() + TICK_NANOS;
        }
        for (Effect effect : next.effects()) {
            switch (effect) {
                case Effect.OnScreen onScreen -> onScreen(onScreen);
                case Effect.Work toDo -> work.accept(toDo);
            }
        }
    }

    private void onScreen(Effect.OnScreen effect) {
        switch (effect) {
            case Effect.Quit() -> leave(Tui.Outcome.LEFT);
            case Effect.Suspend() -> suspend();
            case Effect.Repaint() -> remeasure();
            case Effect.Edit(var text) -> lent(new UiEvent.Edited(text), () -> editor.edit(text));
            case Effect.EditFile(var path) ->
                    lent(new UiEvent.FileEdited(), () -> editor.open(Path.of(path)));
            case Effect.Write(var sequence) -> modes.write(sequence);
            case Effect.Bell() -> modes.write(attention);
        }
    }

    private void suspend() {
        modes.write(surface.withdraw());
        modes.leave();
        tty.suspend();
        resume();
    }

    /// The editor has the terminal meanwhile, so nothing is drawn.
    private void lent(UiEvent otherwise, Supplier<UiEvent> user) {
        modes.write(surface.withdraw());
        modes.leave();
        AtomicReference<UiEvent> edited = new AtomicReference<>(otherwise);
        tty.lend(() -> edited.set(user.get()));
        resume();
        apply(edited.get());
    }

    /// Others have used the terminal meanwhile: nothing about it is known any more.
    private void resume() {
        modes.leave();
        modes.enter();
        surface.forget();
        remeasure();
    }

    /// Also when the size is the old one again: the terminal may have moved everything meanwhile.
    private void remeasure() {
        if (!tty.size().equals(state.screen().size())) {
            apply(new UiEvent.Resized(tty.size()));
        }
        cursor = 0;
        surface.resized(state);
        pace.changed();
    }

    /// The shape that the cursor must get; nothing where it has it.
    private String cursorShape() {
        int wanted = state.typing().vim().cursor();
        if (wanted == cursor) {
            return "";
        }
        if (!shaped) {
            shaped = true;
            modes.also("", "\u001b[0 q");
        }
        cursor = wanted;
        return "\u001b[" + wanted + " q";
    }

    void draw() {
        pace.drawn(nanoTime.getAsLong());
        if (!state.palette().equals(palette)) {
            palette = state.palette();
            theme = Theme.of(palette, depth).withLinks(links);
        }
        try {
            modes.write(surface.draw(state, theme) + cursorShape());
        } catch (UncheckedIOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the terminal has gone", e);
            leave(Tui.Outcome.TERMINAL_GONE);
        }
    }
}
