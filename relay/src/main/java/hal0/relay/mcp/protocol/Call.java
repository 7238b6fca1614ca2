package hal0.relay.mcp.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.providers.http.CancelToken;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.LoggingMessageNotification;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import org.jspecify.annotations.Nullable;

/// One call of a tool, while it runs.
///
/// **Threads** the call's own; `cancel` is cancelled from others.
public final class Call {
    private final ObjectNode arguments;
    private final Caller caller;
    private final McpSyncServerExchange client;
    private final Underway underway;
    private final @Nullable Object progressToken;
    private double told = -1;

    Call(
            ObjectNode arguments,
            Caller caller,
            McpSyncServerExchange client,
            Underway underway,
            @Nullable Object progressToken) {
        this.arguments = arguments;
        this.caller = caller;
        this.client = client;
        this.underway = underway;
        this.progressToken = progressToken;
    }

    public ObjectNode arguments() {
        return arguments;
    }

    public Caller caller() {
        return caller;
    }

    /// Cancelled when the client does not want the answer any more, or cannot get it.
    public CancelToken cancel() {
        return underway.cancel();
    }

    /// Tells this call from every other of this run.
    public long number() {
        return underway.number();
    }

    /// The client itself, to be asked something in return.
    public McpSyncServerExchange client() {
        return client;
    }

    /// Whether the client wants to hear how it goes on.
    public boolean wantsProgress() {
        return progressToken != null;
    }

    /// Tells how far it is, where the client wants to hear it; what is not further than the last
    /// time is left out, as the protocol has it.
    public void progress(double done, @Nullable Double total, String message) {
        if (progressToken == null || done <= told || cancel().isCancelled()) {
            return;
        }
        told = done;
        client.progressNotification(
                new ProgressNotification(progressToken, done, total, message, null));
    }

    /// Writes a line to the client's log, where its level lets it through.
    public void log(LoggingLevel level, String message) {
        client.loggingNotification(
                LoggingMessageNotification.builder(level, message).logger("hal0").build());
    }

    /// Lets go of the client's connection; it comes back for the answer when it likes.
    public void letGo() {
        underway.stream().letGo();
    }
}
