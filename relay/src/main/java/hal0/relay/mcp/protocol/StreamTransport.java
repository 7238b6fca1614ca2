package hal0.relay.mcp.protocol;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpStreamableServerTransport;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// What the SDK says to a client, put on one of its streams; nothing here waits for a network.
final class StreamTransport implements McpStreamableServerTransport {
    private final MessageStream stream;
    private final Wire wire;
    private final Runnable answered;

    StreamTransport(MessageStream stream, Wire wire) {
        this(stream, wire, () -> {});
    }

    /// `answered` is run before a client can have the answer.
    StreamTransport(MessageStream stream, Wire wire, Runnable answered) {
        this.stream = stream;
        this.wire = wire;
        this.answered = answered;
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message, @Nullable String messageId) {
        return sendMessage(message);
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.fromRunnable(() -> {
            boolean answer = message instanceof JSONRPCResponse;
            if (answer) {
                answered.run();
            }
            stream.add(wire.json(message), answer);
        });
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return wire.mapper().convertValue(data, type);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(stream::end);
    }

    @Override
    public void close() {
        stream.end();
    }
}
