package hal0.relay.mcp.protocol;

import hal0.relay.guard.Principal;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One client's conversation with a server, from `initialize` until it is ended or forgotten.
///
/// **Shape** it belongs to the key that began it. What is said unasked is on the stream `unasked`;
/// each request has a stream of its own, of which the last few are kept so that their answers can
/// be fetched again. **Threads** any.
final class Conversation {
    static final String UNASKED = "unasked";
    private static final int KEPT_STREAMS = 8;
    private static final Duration ASKED_BACK = Duration.ofMinutes(5);

    private final String id;
    private final Principal owner;
    private final String version;
    private final String client;
    private final McpStreamableServerSession session;
    private final MessageStream unasked = new MessageStream();
    private final Map<Object, Underway> underway = new ConcurrentHashMap<>();
    private final Map<String, MessageStream> streams = new LinkedHashMap<>();
    private final Set<String> subscribed = ConcurrentHashMap.newKeySet();
    private long named;
    private int listeners;
    private long usedNanos = System.nanoTime();

    Conversation(
            String id,
            Principal owner,
            String version,
            InitializeRequest begun,
            Methods.Of methods,
            Wire wire) {
        this.id = id;
        this.owner = owner;
        this.version = version;
        this.client = begun.clientInfo().name();
        this.session =
                new McpStreamableServerSession(
                        id,
                        begun.capabilities(),
                        begun.clientInfo(),
                        ASKED_BACK,
                        methods.requests(this),
                        methods.notifications(this));
        var _ = session.listeningStream(new StreamTransport(unasked, wire));
    }

    String id() {
        return id;
    }

    /// As it was agreed on.
    String version() {
        return version;
    }

    /// What the client calls itself.
    String client() {
        return client;
    }

    /// As a [Caller] of it is called.
    String asker() {
        return new Caller(owner.keyId() == null ? null : owner.name(), client, null, false).name();
    }

    McpStreamableServerSession session() {
        return session;
    }

    /// A key that was shown anew is another record of the same key.
    boolean belongsTo(Principal who) {
        return owner.keyId() == null
                ? who.keyId() == null && owner.name().equals(who.name())
                : owner.keyId().equals(who.keyId());
    }

    Set<String> subscribed() {
        return subscribed;
    }

    MessageStream unasked() {
        return unasked;
    }

    /// Says something that nobody asked for.
    void tell(String json) {
        unasked.add(json, false);
    }

    /// Notes that a request is being answered; empty where one of that id is already.
    Optional<Underway> begin(Object request, long number, int most) {
        Underway begun = new Underway(number, new MessageStream());
        if (underway.size() >= most || underway.putIfAbsent(request, begun) != null) {
            return Optional.empty();
        }
        return Optional.of(begun);
    }

    void over(Object request, Underway begun) {
        underway.remove(request, begun);
    }

    /// The client does not want that answer any more; what is over, or never was, stays so.
    void cancel(Object request, String why) {
        Underway begun = underway.get(request);
        if (begun != null) {
            begun.drop(why);
        }
    }

    /// Keeps a stream, so that it can be listened to again by that name.
    synchronized String keep(MessageStream stream) {
        if (streams.size() >= KEPT_STREAMS) {
            List<String> over =
                    streams.entrySet().stream()
                            .filter(entry -> entry.getValue().isEnded())
                            .map(Map.Entry::getKey)
                            .limit(streams.size() - KEPT_STREAMS + 1L)
                            .toList();
            over.forEach(streams::remove);
        }
        named++;
        String name = "r" + named;
        streams.put(name, stream);
        return name;
    }

    synchronized @Nullable MessageStream stream(String name) {
        return name.equals(UNASKED) ? unasked : streams.get(name);
    }

    synchronized void used() {
        usedNanos = System.nanoTime();
    }

    synchronized void listens(int more) {
        listeners += more;
        usedNanos = System.nanoTime();
    }

    /// How long nobody has asked or listened; zero while somebody does.
    synchronized Duration quiet() {
        return listeners > 0 || !underway.isEmpty()
                ? Duration.ZERO
                : Duration.ofNanos(System.nanoTime() - usedNanos);
    }

    /// Ends what is under way and who listens.
    void end(String why) {
        underway.values().forEach(each -> each.drop(why));
        unasked.end();
        synchronized (this) {
            streams.values().forEach(MessageStream::end);
        }
        session.close();
    }
}
