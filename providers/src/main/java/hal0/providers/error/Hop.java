package hal0.providers.error;

/// The parts of the way to a provider, each of which can fail in its own manner.
public enum Hop {
    /// The name of its host.
    NAME,
    /// A proxy on the way, or its name.
    PROXY,
    CONNECTION,
    TLS,
    /// It was connected, and hung up before it answered.
    ANSWER
}
