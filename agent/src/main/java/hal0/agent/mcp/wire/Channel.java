package hal0.agent.mcp.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A way to a server, which carries JSON-RPC messages both ways.
///
/// **Threads** any, after `open`.
public interface Channel extends AutoCloseable {

    /// Who gets what comes.
    ///
    /// **Threads** called from threads of the channel; must not block.
    interface Inbox {
        /// One message, or an old server's list of them.
        void received(JsonNode message);

        /// The request with this id will not be answered.
        void failed(long id, McpException why);

        /// Nothing more will be answered.
        void lost(McpException why);
    }

    /// **Errors** [McpException] when there is no way to the server.
    void open(Inbox inbox);

    /// Sends a message; what becomes of a request is told to the inbox.
    ///
    /// **Errors** [McpException] when it cannot be sent.
    void send(ObjectNode message);

    /// The answer to this request is not waited for any more.
    void abandon(long id);

    /// Both sides agreed on a version of the protocol, and messages may come unasked.
    void established(String protocolVersion);

    /// Ends the conversation and, for a program, the program with all that it started. Takes a few
    /// seconds at most; again does nothing.
    @Override
    void close();
}
