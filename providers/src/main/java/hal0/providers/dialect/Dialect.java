package hal0.providers.dialect;

import hal0.providers.Provider;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Protocol;
import java.net.URI;
import java.util.List;

/// One wire protocol for conversations, spoken from both ends: to a provider it writes requests and
/// reads answers, to a client it reads requests and writes answers.
///
/// **Threads** any; no state.
public interface Dialect extends ServerSide {
    Protocol protocol();

    /// What is appended to a base URL to ask a model, for a stream or for a whole answer; some
    /// protocols say both in the address.
    String chatPath(URI baseUrl, String modelId, boolean streamed);

    /// What is appended to a base URL to list the models.
    String modelsPath(URI baseUrl);

    /// The request as the provider reads it. What was said before comes before what is new, byte
    /// for byte as in the last turn, so that providers find it in their caches.
    ///
    /// **Errors** `Rejected` of [hal0.providers.error.ProviderException] for what this protocol
    /// cannot say.
    byte[] encode(Provider provider, String modelId, ChatRequest request);

    /// Reads one answer.
    AnswerDecoder decoder(AnswerErrors errors);

    /// The keys, as `"key"`, without which an event of the middle of a stream tells an observer
    /// nothing.
    List<String> tellingKeys();
}
