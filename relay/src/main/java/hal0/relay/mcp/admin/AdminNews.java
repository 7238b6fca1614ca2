package hal0.relay.mcp.admin;

import static java.lang.System.Logger.Level.ERROR;

import hal0.providers.http.CancelToken;
import hal0.relay.event.Event;
import hal0.relay.event.Events;
import hal0.relay.mcp.protocol.McpEndpoint;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/// Tells the clients of the server what the relay's events change for them.
///
/// **Shape** of a burst each resource is told once, a second apart at most: clients read it anew
/// each time. **Threads** one of its own, until the events are over.
final class AdminNews {
    private static final System.Logger LOG = System.getLogger(AdminNews.class.getName());
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final Duration GATHERED = Duration.ofSeconds(1);

    private final Events events;
    private final McpEndpoint endpoint;
    private final Set<String> updated = new LinkedHashSet<>();
    private boolean changedLists;

    private AdminNews(Events events, McpEndpoint endpoint) {
        this.events = events;
        this.endpoint = endpoint;
    }

    static void follow(Events events, McpEndpoint endpoint) {
        AdminNews news = new AdminNews(events, endpoint);
        long since = events.latest();
        Thread.ofVirtual().name("mcp-admin-news").start(() -> news.run(since));
    }

    private void run(long first) {
        CancelToken never = new CancelToken();
        long since = first;
        long told = 0;
        try {
            while (!events.isClosed()) {
                boolean waiting = changedLists || !updated.isEmpty();
                Events.Batch batch = events.after(since, waiting ? GATHERED : QUIET, never);
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
            // A slot may have come or gone, and the tools name the slots.
            changedLists = true;
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
        if (changedLists) {
            changedLists = false;
            endpoint.tellAll(McpSchema.METHOD_NOTIFICATION_TOOLS_LIST_CHANGED);
            endpoint.tellAll(McpSchema.METHOD_NOTIFICATION_RESOURCES_LIST_CHANGED);
        }
    }
}
