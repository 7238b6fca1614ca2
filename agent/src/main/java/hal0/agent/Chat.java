package hal0.agent;

import hal0.agent.AgentEvent.TurnFailed;
import hal0.agent.session.Conversation;
import hal0.agent.session.Session;
import hal0.agent.session.SessionEntry;
import hal0.agent.session.SessionEntry.Ending;
import hal0.agent.session.SessionException;
import hal0.agent.session.SessionLog;
import hal0.agent.session.Sessions;
import hal0.home.error.ErrorKind;
import hal0.providers.Answer;
import hal0.providers.ModelClient;
import hal0.providers.error.ProviderException;
import hal0.providers.event.Usage;
import hal0.providers.http.CancelToken;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A conversation with whichever model is chosen, recorded as it goes.
///
/// **Shape** one turn at a time. A turn that was interrupted keeps what was said; of a turn that
/// failed the question stays too, and the next one joins it ([Conversation]). **Threads** `send`
/// blocks on the caller's thread and calls the sink there; `use`, `sessionId` and `totals` from any
/// thread; `clear`, `resume` and `close` between turns.
public final class Chat implements AutoCloseable {
    private final ModelClient client;
    private final Sessions sessions;
    private final Origin origin;
    private final Options options;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final List<SessionEntry> entries = new ArrayList<>();
    private volatile Choice choice;
    private volatile Totals totals = Totals.NONE;
    private volatile SessionLog log;

    /// Where a conversation is led. `client` is the word of [ModelClient.Call]; `cwd` the folder
    /// that it is about; `system` what the model is told before everything.
    public record Origin(String client, String cwd, @Nullable String system) {}

    /// Who is asked; both empty for the active one.
    public record Choice(String provider, String model) {
        String name() {
            return provider.isEmpty() ? model : provider + '/' + model;
        }
    }

    public Chat(ModelClient client, Sessions sessions, Origin origin, Choice choice) {
        this(client, sessions, origin, choice, Options.DEFAULT);
    }

    /// `options` hold for every request of this conversation.
    public Chat(
            ModelClient client, Sessions sessions, Origin origin, Choice choice, Options options) {
        this.client = client;
        this.options = options;
        this.sessions = sessions;
        this.origin = origin;
        this.choice = choice;
        this.log = sessions.begin(origin.cwd(), choice.provider(), choice.model());
    }

    /// Runs one turn, until the answer has ended; its last event is the last call of `sink`.
    ///
    /// **Errors** a turn that fails is an event. [IllegalStateException] when another turn runs.
    public void send(List<Part> input, CancelToken cancel, Consumer<AgentEvent> sink) {
        if (input.isEmpty()) {
            throw new IllegalArgumentException("nothing to send");
        }
        claim();
        try {
            sink.accept(turn(input, cancel, sink));
        } finally {
            busy.set(false);
        }
    }

    /// Asks another model from the next turn on; the conversation goes with it.
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
            SessionLog old = log;
            log = sessions.begin(origin.cwd(), choice.provider(), choice.model());
            become(List.of());
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
            SessionLog old = log;
            Sessions.Opened opened = sessions.resume(id);
            log = opened.log();
            become(opened.session().entries());
            sessions.close(old);
            return opened.session();
        } finally {
            busy.set(false);
        }
    }

    public String sessionId() {
        return log.id();
    }

    /// Whether the session belongs to another process, so that it can only be read here.
    public boolean readOnly() {
        return log.readOnly();
    }

    public Totals totals() {
        return totals;
    }

    @Override
    public void close() {
        sessions.close(log);
    }

    private void claim() {
        if (!busy.compareAndSet(false, true)) {
            throw new IllegalStateException("a turn is running");
        }
    }

    private void become(List<SessionEntry> other) {
        entries.clear();
        entries.addAll(other);
        totals = Totals.of(other);
    }

    private AgentEvent turn(List<Part> input, CancelToken cancel, Consumer<AgentEvent> sink) {
        try {
            record(new SessionEntry.UserSaid(sessions.clock().instant(), input));
            AgentEvent last = answered(cancel, sink);
            log.sync();
            return last;
        } catch (SessionException e) {
            return new TurnFailed(e.kind(), String.valueOf(e.getMessage()));
        }
    }

    private AgentEvent answered(CancelToken cancel, Consumer<AgentEvent> sink) {
        ModelClient.Call call = new ModelClient.Call(origin.client(), log.id(), cancel);
        SessionEntry.ModelSaid said;
        try (Answer answer = client.open(request(), call)) {
            said = new AnswerReading(answer, cancel, sink).run(sessions.clock());
        } catch (ProviderException e) {
            return unanswered(e, cancel);
        }
        if (said.spent()) {
            Usage usage = said.usage() == null ? Usage.NONE : said.usage();
            sink.accept(new AgentEvent.Spent(usage, said.cost()));
        }
        record(said);
        return last(said.ending());
    }

    private AgentEvent unanswered(ProviderException e, CancelToken cancel) {
        ErrorKind kind = cancel.isCancelled() ? ErrorKind.CANCELLED : e.kind();
        String message = String.valueOf(e.getMessage());
        record(new SessionEntry.NobodyAnswered(sessions.clock().instant(), kind, message));
        return kind == ErrorKind.CANCELLED
                ? new AgentEvent.TurnInterrupted()
                : new TurnFailed(kind, message);
    }

    private static AgentEvent last(Ending ending) {
        return switch (ending) {
            case Ending.Stopped stopped -> new AgentEvent.TurnEnded(stopped.reason());
            case Ending.Interrupted _ -> new AgentEvent.TurnInterrupted();
            case Ending.Failed failed -> new TurnFailed(failed.kind(), failed.message());
        };
    }

    private ChatRequest request() {
        List<Message> messages = new ArrayList<>();
        if (origin.system() != null) {
            messages.add(Message.system(origin.system()));
        }
        messages.addAll(Conversation.of(entries, choice.provider()));
        return new ChatRequest(choice.name(), messages, List.of(), options, true);
    }

    /// The file first: what could not be recorded was not said, unless it is an answer, which the
    /// user has seen and paid for.
    private void record(SessionEntry entry) {
        switch (entry) {
            case SessionEntry.UserSaid _ -> {
                log.append(entry);
                entries.add(entry);
            }
            case SessionEntry.ModelSaid _, SessionEntry.NobodyAnswered _ -> {
                entries.add(entry);
                totals = totals.plus(entry);
                log.append(entry);
            }
        }
    }
}
