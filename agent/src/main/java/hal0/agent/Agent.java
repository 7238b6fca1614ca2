package hal0.agent;

import hal0.agent.checkpoint.CheckpointException;
import hal0.agent.checkpoint.Direction;
import hal0.agent.permission.Deed;
import hal0.agent.session.History;
import hal0.agent.session.Session;
import hal0.agent.session.SessionEntry;
import hal0.agent.session.SessionLog;
import hal0.agent.session.Sessions;
import hal0.agent.session.Todo;
import hal0.providers.ModelClient;
import hal0.providers.http.CancelToken;
import hal0.providers.message.Options;
import hal0.providers.message.Part;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A conversation with whichever model is chosen, which may use tools, recorded as it goes.
///
/// **Shape** one turn at a time. A turn that was interrupted keeps what was said; of a turn that
/// failed the question stays too, and the next one joins it. **Threads** `send` and `compact` block
/// on the caller's thread; the sink is called by one thread at a time. `use`, `nudge`, `announce`,
/// `withdraw`, `sessionId` and `totals` from any thread; the rest between turns.
public final class Agent implements AutoCloseable {
    private final ModelClient client;
    private final Sessions sessions;
    private final Origin origin;
    private final Options options;
    private final Equipment equipment;
    private final @Nullable Account charged;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final Queue<Nudge> nudges = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Nudge announced;
    private volatile @Nullable Nudge lasting;
    private volatile Choice choice;
    private volatile SessionRecorder recorder;

    /// Where a conversation is led. `client` is the word of [ModelClient.Call]; `cwd` the folder
    /// that it is about; `system` what the model is told before everything; `agent` which of the
    /// user's agents leads it.
    public record Origin(
            String client, String cwd, @Nullable String system, @Nullable String agent) {

        /// A conversation that none of the user's agents leads.
        public Origin(String client, String cwd, @Nullable String system) {
            this(client, cwd, system, null);
        }
    }

    /// Who is asked; both empty for the active one.
    public record Choice(String provider, String model) {
        public String name() {
            return provider.isEmpty() ? model : provider + '/' + model;
        }
    }

    /// A conversation without tools. `options` hold for every request.
    public Agent(
            ModelClient client, Sessions sessions, Origin origin, Choice choice, Options options) {
        this(client, sessions, origin, choice, options, Equipment.NONE);
    }

    public Agent(
            ModelClient client,
            Sessions sessions,
            Origin origin,
            Choice choice,
            Options options,
            Equipment equipment) {
        this(client, sessions, origin, choice, options, equipment, null);
    }

    /// A conversation that another one leads, whose session pays for it.
    static Agent within(
            Account account,
            ModelClient client,
            Sessions sessions,
            Origin origin,
            Choice choice,
            Options options,
            Equipment equipment) {
        return new Agent(client, sessions, origin, choice, options, equipment, account);
    }

    private Agent(
            ModelClient client,
            Sessions sessions,
            Origin origin,
            Choice choice,
            Options options,
            Equipment equipment,
            @Nullable Account charged) {
        this.charged = charged;
        this.client = client;
        this.options = options;
        this.sessions = sessions;
        this.origin = origin;
        this.choice = choice;
        this.equipment = equipment;
        this.recorder = empty();
    }

    /// Runs one turn, until the model has nothing more to do; its last event is the last call of
    /// `sink`.
    ///
    /// **Errors** a turn that fails is an event. [IllegalStateException] when another turn runs.
    public void send(List<Part> input, CancelToken cancel, Consumer<AgentEvent> sink) {
        send(input, this::choice, cancel, sink);
    }

    /// The same with another model, which is asked in this turn only.
    public void sendTo(
            Choice once, List<Part> input, CancelToken cancel, Consumer<AgentEvent> sink) {
        send(input, () -> once, cancel, sink);
    }

    private void send(
            List<Part> input,
            Supplier<Choice> asked,
            CancelToken cancel,
            Consumer<AgentEvent> sink) {
        if (input.isEmpty()) {
            throw new IllegalArgumentException("nothing to send");
        }
        claim();
        try {
            Consumer<AgentEvent> ordered = new OrderedSink(sink);
            TurnParts parts = parts(asked);
            Account account = charged == null ? parts.account() : charged;
            ordered.accept(new Turn(parts, cancel, ordered, nudges::poll, account).run(input));
        } finally {
            busy.set(false);
        }
    }

    /// Records what the user does himself as a turn of its own: `said` stands for it, the model is
    /// told with what comes next what `action` gives, and what it changes is undone with it.
    ///
    /// **Errors** [SessionException] when it cannot be recorded. [IllegalStateException] when a
    /// turn runs.
    public void act(
            String said, List<Deed> deeds, Supplier<String> action, Consumer<AgentEvent> sink) {
        claim();
        try {
            TurnParts parts = parts(this::choice);
            CallFiles files = new CallFiles(parts, recorder, sink);
            Part.ToolCall call = new Part.ToolCall(said, "user", "{}");
            recorder.say(new SessionEntry.UserSaid(parts.now(), List.of(new Part.Text(said))));
            try {
                files.before(call, deeds);
            } catch (CheckpointException e) {
                // Whoever does it himself wants it done.
                sink.accept(
                        new AgentEvent.Noted(
                                "what this changes cannot be undone: " + e.getMessage()));
            }
            String gave = action.get();
            files.after(call);
            recorder.happened(new SessionEntry.Nudged(parts.now(), "shell", gave));
            recorder.log().sync();
        } finally {
            busy.set(false);
        }
    }

    /// Tells the model something while a turn runs, before its next answer. Without a turn it is
    /// told before what is said next.
    public void nudge(String text) {
        nudge(text, Nudge.Behind.NOTHING);
    }

    public void nudge(String text, Nudge.Behind behind) {
        nudges.add(new Nudge(text, behind));
    }

    /// Takes back a nudge that the model was not told yet; false when it was.
    public boolean withdraw(String text) {
        for (Nudge nudge : nudges) {
            if (nudge.text().equals(text)) {
                return nudges.remove(nudge);
            }
        }
        return false;
    }

    /// A nudge that takes the place of the one announced before. A `lasting` one is told again in
    /// every session that this conversation goes on in.
    public void announce(String text, boolean lasting) {
        Nudge before = announced;
        if (before != null) {
            nudges.remove(before);
        }
        Nudge now = new Nudge(text, Nudge.Behind.NOTHING);
        announced = now;
        this.lasting = lasting ? now : null;
        nudges.add(now);
    }

    /// What was to be told belongs to the session that was left, but for what lasts.
    private void forgetNudges() {
        nudges.clear();
        Nudge still = lasting;
        if (still != null) {
            nudges.add(still);
        }
    }

    /// Puts a summary in the place of all but the last answer; false when there is nothing to sum
    /// up.
    ///
    /// **Errors** [hal0.providers.error.ProviderException] when no summary could be had.
    public boolean compact(CancelToken cancel, Consumer<AgentEvent> sink) {
        claim();
        try {
            TurnParts parts = parts(this::choice);
            return new Compactor(parts, parts.account(), cancel, sink).run(0);
        } finally {
            busy.set(false);
        }
    }

    /// Tells the model everything again that the last summary stands for; false when there is none.
    public boolean expand() {
        claim();
        try {
            if (recorder.history().summary().isEmpty()) {
                return false;
            }
            recorder.say(new SessionEntry.Expanded(sessions.clock().instant()));
            return true;
        } finally {
            busy.set(false);
        }
    }

    /// What taking the last turn back, or bringing back the one that was undone last, would do;
    /// empty when there is none.
    public Optional<UndoReport> preview(Direction direction) {
        claim();
        try {
            return undoing().preview(direction);
        } finally {
            busy.set(false);
        }
    }

    /// Takes the last turn back with the files that it changed, or brings back the one that was
    /// undone last; empty when there is none.
    ///
    /// **Errors** [hal0.agent.checkpoint.CheckpointException] when somebody else changed one of the
    /// files or one cannot be written, [SessionException] when the session cannot; then everything
    /// is as it was.
    public Optional<UndoReport> undo(Direction direction) {
        claim();
        try {
            return undoing().run(direction);
        } finally {
            busy.set(false);
        }
    }

    /// Asks another model from the next answer on; the conversation goes with it.
    public void use(String provider, String model) {
        choice = new Choice(provider, model);
    }

    public Choice choice() {
        return choice;
    }

    /// Begins a new, empty session. The old one stays on the disk.
    public void clear() {
        claim();
        try {
            SessionLog old = recorder.log();
            recorder = empty();
            forgetNudges();
            sessions.close(old);
        } finally {
            busy.set(false);
        }
    }

    /// Goes on with an earlier session and gives back what was said in it. Who is asked stays as
    /// chosen.
    ///
    /// **Errors** [SessionException]; then this conversation stays as it is.
    public Session resume(String id) {
        claim();
        try {
            SessionLog old = recorder.log();
            Sessions.Opened opened = sessions.resume(id);
            recorder = new SessionRecorder(opened.log(), opened.session().entries());
            forgetNudges();
            sessions.close(old);
            undoing().finish();
            return opened.session();
        } finally {
            busy.set(false);
        }
    }

    public String sessionId() {
        return recorder.log().id();
    }

    /// Whether the session belongs to another process, so that it can only be read here.
    public boolean readOnly() {
        return recorder.log().readOnly();
    }

    public Totals totals() {
        return recorder.totals();
    }

    /// The agent's plan.
    public List<Todo> todos() {
        return recorder.history().todos();
    }

    /// About how many tokens the next request will hold.
    public long contextUsed() {
        return Compaction.used(recorder.history());
    }

    /// What holds of the session. **Threads** between turns.
    public History history() {
        return recorder.history();
    }

    /// What the session changed in files, as far as that holds. **Threads** between turns.
    public List<FileDiff> changes() {
        return FileDiff.of(recorder.history(), equipment.checkpoints());
    }

    @Override
    public void close() {
        sessions.close(recorder.log());
    }

    private SessionRecorder empty() {
        return new SessionRecorder(
                sessions.begin(
                        origin.cwd(),
                        choice.provider(),
                        choice.model(),
                        charged == null ? null : charged.session(),
                        origin.agent()),
                List.of());
    }

    private TurnParts parts(Supplier<Choice> asked) {
        return new TurnParts(client, equipment, origin, options, recorder, sessions.clock(), asked);
    }

    private Undo undoing() {
        return new Undo(recorder, equipment.checkpoints(), sessions.clock());
    }

    private void claim() {
        if (!busy.compareAndSet(false, true)) {
            throw new IllegalStateException("a turn is running");
        }
    }
}
