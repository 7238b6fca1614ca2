package hal0.relay.mcp.protocol;

import hal0.providers.http.CancelToken;

/// A request that is being answered: where its messages go, and what ends it.
///
/// **Shape** `number` tells it from every other of its server.
record Underway(long number, MessageStream stream, CancelToken cancel) {
    /// Under which the SDK hands it through to the handlers.
    static final String KEY = "hal0.underway";

    Underway(long number, MessageStream stream) {
        this(number, stream, new CancelToken());
    }

    /// No answer follows: the client does not wait for one.
    void drop(String why) {
        cancel.cancel(why);
        stream.end();
    }
}
