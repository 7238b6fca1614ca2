package hal0.providers.probe;

import hal0.providers.Answer;
import hal0.providers.Provider;
import hal0.providers.http.CancelToken;
import hal0.providers.message.ChatRequest;

/// Asks one model of one provider, as a person's question would be asked: tried again where that
/// helps, and metered.
///
/// **Errors** [hal0.providers.error.ProviderException]. **Threads** any; blocks.
public interface Asking {
    Answer open(Provider provider, String model, ChatRequest request, CancelToken cancel);
}
