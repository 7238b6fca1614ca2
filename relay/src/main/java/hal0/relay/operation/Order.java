package hal0.relay.operation;

import hal0.providers.http.Headers;

/// One request for an operation: what, of which content, with those headers of the client's that
/// may pass; `acceptEncoding` is its own wish.
public record Order(Operation operation, Content content, Headers headers, String acceptEncoding) {}
