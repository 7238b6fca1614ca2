package hal0.relay.mcp.admin;

import static java.lang.System.Logger.Level.ERROR;

import hal0.providers.http.CancelToken;
import hal0.relay.event.Event;
import hal0.relay.event.Events;
import hal0.relay.mcp.protocol.McpEndpoint;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Tells the clients of the server what the relay's events change for them.
///
/// **Shape** of a burst each resource is told once, a second apart at most: clients read it anew
/// each time. **Threads** one of its own, until the events are over.
final class AdminNews {
    private static final System.Logger LOG = System.getLogger(AdminNews.class.getName());

    /// Definitions of slots come and go without an event.
    private static final Duration QUIET = Duration.ofSeconds(3);

    private static final Duration GATHERED = Duration.ofSeconds(1);

    private final Events events;
    private final McpEndpoint endpoint;
    private final Supplier<List<String>> slots;
    private final Set<String> updated = new LinkedHashSet<>();
    private List<String> named = List.of();

    private AdminNews(Events events, McpEndpoint endpoint, Supplier<List<String>> slots) {
        this.events = events;
        this.endpoint = endpoint;
        this.slots = slots;
    }

    /// `slots` are the names that the tools name.
    static void follow(Events events, McpEndpoint endpoint, Supplier<List<String>> slots) {
        AdminNews news = new AdminNews(events, endpoint, slots);
        long since = events.latest();
        Thread.ofVirtual().name("mcp-admin-news").start(() -> news.run(since));
    }

    private void run(long first) {
        CancelToken never = new CancelToken();
        long since = first;
        named = slots.get();
        long told = System.nanoTime() - GATHERED.toNanos();
        try {
            while (!events.isClosed()) {
                Events.Batch batch =
                        events.after(since, updated.isEmpty() ? QUIET : GATHERED, never);
                for (Event event : batch.events()) {
                    since = event.id();
                    heard(event);
                }
                if (System.nanoTime() - told >= GATHERED.toNanos() || batch.events().isEmpty()) {
                    tell();
                    told = System.nanoTime();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(ERROR, "clients over MCP hear no more of what happens", e);
        }
    }

    private void heard(Event event) {
        String type = event.type();
        if (type.startsWith("slot.")) {
            updated.add(AdminResources.SLOTS);
            updated.add(AdminResources.SLOTS + "/" + event.source());
        } else if (type.startsWith("provider.")
                || type.startsWith("upstream.")
                || type.startsWith("credential.")
                || type.startsWith("system.upstream")) {
            updated.add(AdminResources.PROVIDERS);
            updated.add(AdminResources.PROVIDERS + "/" + event.source());
        } else if (type.equals("request.finished")) {
            updated.add(AdminResources.USAGE);
        } else if (type.startsWith("config.")) {
            updated.add(AdminResources.SLOTS);
            updated.add(AdminResources.PROVIDERS);
        } else if (type.startsWith("approval.") && !type.equals("approval.waiting")) {
            decided(event);
        }
    }

    /// At once, and only to who asked.
    private void decided(Event event) {
        Object asker = event.data().get("asker");
        endpoint.tellLog(
                name -> name.equals(asker),
                McpSchema.LoggingLevel.NOTICE,
                "%s (%s)".formatted(event.message(), event.data().get("approval_id")));
    }

    private void tell() {
        updated.forEach(endpoint::tellUpdated);
        updated.clear();
        List<String> now = endpoint.sessions() == 0 ? named : slots.get();
        if (!now.equals(named)) {
            named = now;
            endpoint.tellUpdated(AdminResources.SLOTS);
            endpoint.tellAll(McpSchema.METHOD_NOTIFICATION_TOOLS_LIST_CHANGED);
            endpoint.tellAll(McpSchema.METHOD_NOTIFICATION_RESOURCES_LIST_CHANGED);
        }
    }
}
