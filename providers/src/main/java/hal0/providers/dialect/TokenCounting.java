package hal0.providers.dialect;

import hal0.providers.Provider;
import hal0.providers.message.ChatRequest;
import java.net.URI;

/// A dialect whose providers count the tokens of a request before it is asked.
///
/// **Threads** any; no state.
public interface TokenCounting {

    /// What is appended to a base URL to have a request counted.
    String countPath(URI baseUrl, String modelId);

    /// The request as the provider counts it.
    ///
    /// **Errors** as [Dialect#encode].
    byte[] encodeCount(Provider provider, String modelId, ChatRequest request);

    /// The input tokens that an answer to that counts.
    ///
    /// **Errors** `BadStream` of [hal0.providers.error.ProviderException] when it counts none.
    long readCount(byte[] body, AnswerErrors errors);

    /// The same as a server: a client asks, and is told.
    interface Served {

        /// Reads what a client wants counted.
        ///
        /// **Errors** as [ServerSide#read].
        ReadRequest readCountRequest(byte[] body, RequestLine line) throws InvalidRequestException;

        /// The answer.
        byte[] writeCount(long tokens);
    }
}
