package hal0.providers.http;

/// Sends a call and gives back its answer once the head is there: any status is an answer.
///
/// **Errors** `Unreachable`, `TimedOut`, `Cancelled` of [hal0.providers.error.ProviderException].
/// **Threads** any; blocks. Cancelling `cancel` ends the call at once, before the head too.
public interface Transport extends AutoCloseable {
    UpstreamResponse send(UpstreamRequest request, CancelToken cancel);

    @Override
    void close();
}
