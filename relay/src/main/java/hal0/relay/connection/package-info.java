/// Notices that a client has left while its request still waits for an upstream.
///
/// The server library reads a connection only between requests and learns of a closed one by
/// writing to it. Here, once a request has been running for a moment, a virtual thread reads ahead
/// on its connection: the end of the stream cancels the request, bytes of a next request are kept
/// for it. Entry types `WatchedSelector` for the server, `ClientWatch` for a handler.
@NullMarked
package hal0.relay.connection;

import org.jspecify.annotations.NullMarked;
