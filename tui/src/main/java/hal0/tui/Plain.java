package hal0.tui;

import hal0.agent.AgentEvent;
import hal0.home.error.ErrorKind;
import hal0.providers.http.CancelToken;
import hal0.tui.plain.Lines;
import hal0.tui.plain.PageText;
import hal0.tui.plain.TurnText;
import hal0.tui.state.Board;
import hal0.tui.state.Completion;
import hal0.tui.state.Effect;
import hal0.tui.state.Overlay;
import hal0.tui.state.Receipt;
import hal0.tui.state.Reducer;
import hal0.tui.state.Sheet;
import hal0.tui.state.Turn;
import hal0.tui.state.UiEvent;
import hal0.tui.state.UiState;
import hal0.tui.state.Viewport;
import hal0.tui.terminal.Input;
import hal0.tui.terminal.Key;
import hal0.tui.text.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The client in lines: a line is read, and what comes of it is printed until all of it is over;
/// then the next is read.
///
/// **Shape** the state and what changes it are those of the screen; what lies over a screen there
/// is printed here and asked for by numbers. **Threads** the calling one; lines are read on
/// another.
public final class Plain {
    private static final System.Logger LOG = System.getLogger(Plain.class.getName());
    private static final String PROMPT = "hal0> ";
    private static final String MORE = "... ";
    private static final int MOST_ROWS_OF_EARLIER = 20;
    private static final int WIDTH = 1000;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int MOST_ESCAPES = 4;

    private final Services services;
    private final Lines lines;
    private final UiQueue queue = new UiQueue();
    private final Workload workload = new Workload(() -> queue.put(new Arrival.Settled()));
    private final Prompter prompter;
    private final Worker worker;
    private final TurnText turn;
    private final Choosing choosing;
    private volatile UiState state;
    private int printed;
    private boolean done;
    private Lines.@Nullable Read typed;
    private End end = End.WELL;

    /// How it went. `failed` is why the first turn that failed did; it is the last then where
    /// nobody is there to go on.
    public record End(@Nullable ErrorKind failed, boolean halted, boolean denied, boolean stopped) {
        static final End WELL = new End(null, false, false, false);
    }

    private Plain(Services services, Lines lines) {
        this.services = services;
        this.lines = lines;
        this.prompter = new Prompter(lines, read -> queue.put(new Arrival.Typed(read)));
        this.worker = new Worker(services, queue::put, workload);
        this.turn = new TurnText(lines);
        this.choosing = new Choosing(this);
        this.state =
                UiState.starting(
                        services.about(),
                        PageText.SIZE,
                        ThemeDesk.first(services.look()),
                        services.active(),
                        services.earlier());
        this.printed = state.transcript().rows().size();
    }

    /// Runs until there are no more lines, the user leaves, or `ending` is cancelled.
    ///
    /// **Errors** [BrokenScreenException] after a fault of the program, on whatever thread.
    public static End run(Services services, Lines lines, CancelToken ending)
            throws InterruptedException {
        Plain plain = new Plain(services, lines);
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> {
            LOG.log(System.Logger.Level.ERROR, "a fault in " + thread.getName(), fault);
            plain.queue.put(new Arrival.Broken(thread.getName(), fault));
        });
        Thread reader = Thread.ofPlatform().name("plain-input").daemon().start(plain.prompter);
        try (plain.worker;
                CancelToken.Registration _ =
                        ending.onCancel(() -> plain.queue.put(new Arrival.Ending()))) {
            return plain.led();
        } finally {
            reader.interrupt();
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    private End led() throws InterruptedException {
        if (!lines.interactive()) {
            services.approver().close();
        }
        lines.onInterrupt(() -> queue.put(new Arrival.Interrupted()));
        lines.offer(this::completions);
        worker.start();
        settle();
        greet();
        pages();
        while (!done) {
            Lines.Read read = ask(PROMPT);
            switch (read) {
                case Lines.Read.Text(var line) -> enter(continued(line));
                case Lines.Read.Interrupted() -> lines.aside("Ctrl+D leaves");
                case Lines.Read.End() -> done = true;
            }
        }
        farewell();
        return end;
    }

    private void greet() {
        if (!lines.interactive()) {
            return;
        }
        int size = state.transcript().rows().size();
        print(Math.max(0, Math.min(printed, size) - MOST_ROWS_OF_EARLIER), Math.min(printed, size));
        String with =
                state.session().active() == null
                        ? "no model chosen"
                        : "talking to " + state.session().active().name();
        lines.aside(
                "hal0 %s, %s. /help lists commands, Ctrl+D leaves."
                        .formatted(state.about().version(), with));
    }

    private void farewell() {
        if (lines.interactive() && !end.stopped() && services.conversation().hasBegun()) {
            lines.aside(Farewell.text(state, services.conversation().sessionId()));
        }
    }

    /// A line that is typed; nothing more once the process ends.
    Lines.Read ask(String prompt) throws InterruptedException {
        return ask(new Prompter.Wanted(prompt, false));
    }

    /// As [#ask], of what nobody may read.
    Lines.Read askSecret(String prompt) throws InterruptedException {
        return ask(new Prompter.Wanted(prompt, true));
    }

    private Lines.Read ask(Prompter.Wanted wanted) throws InterruptedException {
        if (typed instanceof Lines.Read.End) {
            return typed;
        }
        typed = null;
        prompter.ask(wanted);
        Lines.Read read = null;
        while (read == null && !done) {
            for (Arrival arrival : queue.drain(null, Duration.ZERO)) {
                arrived(arrival);
            }
            read = typed;
        }
        return read == null ? new Lines.Read.End() : read;
    }

    private String continued(String first) throws InterruptedException {
        StringBuilder text = new StringBuilder(first);
        while (!text.isEmpty() && text.charAt(text.length() - 1) == '\\') {
            text.setCharAt(text.length() - 1, '\n');
            if (ask(MORE) instanceof Lines.Read.Text(var line)) {
                text.append(line);
            }
        }
        return text.toString().strip();
    }

    private void enter(String text) throws InterruptedException {
        if (text.equals("/help")) {
            PageText.help(state).forEach(lines::aside);
        } else if (!text.isEmpty()) {
            apply(new UiEvent.Entered(text));
            settle();
            pages();
        }
        if (!lines.interactive() && (end.failed() != null || end.halted())) {
            done = true;
        }
    }

    /// Until nothing is under way any more.
    void settle() throws InterruptedException {
        while (!done && isBusy()) {
            boolean running = state.session().turn() instanceof Turn.Running;
            List<Arrival> arrivals = queue.drain(running ? SECOND : null, Duration.ZERO);
            arrivals.forEach(this::arrived);
            if (running && arrivals.isEmpty()) {
                apply(new UiEvent.Tick());
            }
            if (state.top() instanceof Overlay.Question asking) {
                choosing.answer(asking);
            }
        }
    }

    private boolean isBusy() {
        return state.session().turn() instanceof Turn.Running
                || !workload.isIdle()
                || queue.size() > 0;
    }

    /// What was opened: chosen from, agreed to, or only read.
    private void pages() throws InterruptedException {
        Overlay top = state.top();
        while (top != null && !done) {
            if (top instanceof Overlay.Picker picker && lines.interactive()) {
                choosing.choose(picker);
            } else if (top instanceof Board board
                    && lines.interactive()
                    && Choosing.isChosenFrom(board)) {
                choosing.walk(board);
            } else if (top instanceof Sheet sheet && sheet.then() != null) {
                choosing.agree(sheet);
            } else {
                PageText.of(state, top).forEach(lines::aside);
                closePage();
                if (!lines.interactive() && state.session().active() == null) {
                    end = new End(ErrorKind.CONFIGURATION, false, false, false);
                    done = true;
                }
            }
            settle();
            top = state.top();
        }
    }

    /// A page may need Esc more than once, such as where something was typed to narrow it.
    private void closePage() {
        int open = state.overlays().size();
        for (int i = 0; i < MOST_ESCAPES && state.overlays().size() >= open; i++) {
            press(Key.of(Key.Code.ESCAPE));
        }
        if (state.overlays().size() >= open) {
            throw new IllegalStateException(
                    "a page stays open: " + state.overlays().getLast().getClass().getSimpleName());
        }
    }

    void press(Key key) {
        apply(new UiEvent.Did(new Input.Pressed(key)));
    }

    UiState state() {
        return state;
    }

    Lines lines() {
        return lines;
    }

    private void arrived(Arrival arrival) {
        switch (arrival) {
            case Arrival.Event(var event) -> apply(event);
            case Arrival.Typed(var read) -> typed = read;
            case Arrival.Interrupted() -> {
                if (state.session().turn() instanceof Turn.Running) {
                    press(Key.ctrl('c'));
                }
            }
            case Arrival.Ending(), Arrival.Gone() -> {
                end = new End(end.failed(), end.halted(), end.denied(), true);
                done = true;
            }
            case Arrival.Broken(var thread, var fault) ->
                    throw new BrokenScreenException(
                            thread,
                            fault,
                            services.conversation().hasBegun()
                                    ? services.conversation().sessionId()
                                    : "");
            case Arrival.Settled(),
                    Arrival.Bytes _,
                    Arrival.Resize(),
                    Arrival.Stop(),
                    Arrival.Resumed() -> {}
        }
    }

    void apply(UiEvent event) {
        UiState.Hint hinted = state.hint();
        Effect.Next next = Reducer.reduce(state, event);
        state = next.state();
        said(event);
        printed = state.transcript().rows().size();
        UiState.Hint hint = state.hint();
        if (hint != null && !hint.equals(hinted)) {
            lines.aside(hint.text());
        }
        next.effects().forEach(this::effect);
    }

    /// What has no words of its own here is said by the rows that it adds to the transcript.
    private void said(UiEvent event) {
        if (event instanceof UiEvent.Turned(var part)) {
            turn.say(part);
            noted(part);
            receipt(part);
        } else if (event instanceof UiEvent.Rewritten rewritten) {
            lines.aside(rewritten.note());
        } else if (event instanceof UiEvent.HistoryLoaded loaded) {
            lines.recall(loaded.entries());
        } else if (!(event instanceof UiEvent.Entered)) {
            print(printed, state.transcript().rows().size());
        }
    }

    private void effect(Effect effect) {
        if (effect instanceof Effect.Work work && !(work instanceof Effect.FindFiles)) {
            worker.run(work);
        } else if (effect instanceof Effect.Quit) {
            done = true;
        }
        if (effect instanceof Effect.EditFile(var path)) {
            lines.aside("edit " + path + " with an editor; what changes is read at once");
        }
        // The rest is about a screen.
    }

    private void receipt(AgentEvent event) {
        boolean over =
                switch (event) {
                    case AgentEvent.TurnEnded _,
                            AgentEvent.TurnHalted _,
                            AgentEvent.TurnInterrupted _,
                            AgentEvent.TurnFailed _ ->
                            true;
                    case AgentEvent.AnswerStarted _,
                            AgentEvent.TextDelta _,
                            AgentEvent.ThinkingDelta _,
                            AgentEvent.Spent _,
                            AgentEvent.Work _ ->
                            false;
                };
        if (over && state.session().turn() instanceof Turn.Running(var seconds, _, _)) {
            String said = Receipt.line(state.session().progress().bill(), seconds);
            if (said != null) {
                lines.aside("[" + said.strip() + "]");
            }
        }
    }

    private void noted(AgentEvent event) {
        ErrorKind failed = end.failed();
        boolean halted = end.halted() || event instanceof AgentEvent.TurnHalted;
        boolean denied =
                end.denied() || (event instanceof AgentEvent.ToolEnded over && over.denied());
        if (failed == null && event instanceof AgentEvent.TurnFailed(var kind, _)) {
            failed = kind;
        }
        end = new End(failed, halted, denied, end.stopped());
    }

    private void print(int from, int to) {
        Viewport viewport = new Viewport(state.transcript(), WIDTH, 1, state.screen().folds());
        for (List<Span> line : viewport.linesBetween(Math.min(from, to), to)) {
            lines.aside(
                    line.stream().map(Span::text).collect(Collectors.joining()).stripTrailing());
        }
    }

    private List<String> completions(String text) {
        int word = text.lastIndexOf(' ') + 1;
        if (text.startsWith("@", word)) {
            return services.surroundings().files(text.substring(word + 1)).stream()
                    .map(file -> "@" + file)
                    .toList();
        }
        List<String> labels = new ArrayList<>();
        for (Completion completion : state.completionsOf(text)) {
            labels.add(completion.label());
        }
        return labels;
    }
}
