package hal0.relay.answer;

import hal0.providers.ChatStream;
import hal0.providers.http.CancelToken;
import hal0.providers.message.Message;
import hal0.relay.dispatch.Meter;
import hal0.relay.dispatch.Target;
import java.util.List;

/// A way that understands what it carries, and so can ask for more than the client wrote.
///
/// **Threads** any.
public interface Translating extends Way {

    /// Asks a target the same question, with more messages behind those of the client, as a stream.
    ///
    /// **Errors** [ProviderException], also where the question cannot be told in neutral words.
    ChatStream ask(
            Question question, Target target, List<Message> more, Meter meter, CancelToken cancel);
}
