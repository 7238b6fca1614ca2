package hal0.relay.mcp.protocol;

import hal0.relay.guard.Principal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The conversations of a server: no more than it bears, none longer than it is used.
///
/// **Threads** any.
final class Conversations {
    /// One that was used so lately is not given up for a new one.
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final Bounds bounds;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Conversation> open = new LinkedHashMap<>();
    private boolean closed;

    Conversations(Bounds bounds) {
        this.bounds = bounds;
    }

    /// Begins one under a name that nobody can guess; empty when there are too many that are in
    /// use.
    synchronized Optional<Conversation> begin(Function<String, Conversation> make) {
        forgetQuiet();
        if (closed || (open.size() >= bounds.conversations() && !makeRoom())) {
            return Optional.empty();
        }
        byte[] id = new byte[16];
        random.nextBytes(id);
        Conversation begun = make.apply(HexFormat.of().formatHex(id));
        open.put(begun.id(), begun);
        return Optional.of(begun);
    }

    private void forgetQuiet() {
        Iterator<Conversation> each = open.values().iterator();
        while (each.hasNext()) {
            Conversation conversation = each.next();
            if (conversation.quiet().compareTo(bounds.idle()) >= 0) {
                each.remove();
                conversation.end("nobody used it");
            }
        }
    }

    private boolean makeRoom() {
        Optional<Conversation> quietest =
                open.values().stream().max(Comparator.comparing(Conversation::quiet));
        if (quietest.isEmpty() || quietest.get().quiet().compareTo(FRESH) < 0) {
            return false;
        }
        open.remove(quietest.get().id());
        quietest.get().end("others needed its place");
        return true;
    }

    /// That of the name, where it is that caller's.
    synchronized Optional<Conversation> find(String id, Principal who) {
        forgetQuiet();
        Optional<Conversation> found =
                Optional.ofNullable(open.get(id)).filter(each -> each.belongsTo(who));
        found.ifPresent(Conversation::used);
        return found;
    }

    void end(Conversation conversation) {
        synchronized (this) {
            open.remove(conversation.id());
        }
        conversation.end("the client ended its session");
    }

    synchronized List<Conversation> all() {
        forgetQuiet();
        return List.copyOf(open.values());
    }

    void close() {
        List<Conversation> ended;
        synchronized (this) {
            closed = true;
            ended = List.copyOf(open.values());
            open.clear();
        }
        ended.forEach(each -> each.end("the relay ends"));
    }
}
