package hal0.providers.dialect;

import hal0.providers.Provider;
import java.util.Set;

/// One wire protocol as a server speaks it: it reads requests and writes answers.
///
/// **Threads** any; no state.
public interface ServerSide {
    /// What of a request this protocol has no words for; its requests leave exactly that out.
    Set<Feature> cannotSay();

    /// What of a request one provider's model is not told; they differ in what they take.
    default Set<Feature> cannotSay(Provider provider, String modelId) {
        return cannotSay();
    }

    /// Reads the request of a client.
    ///
    /// **Errors** [InvalidRequestException] with the place in the request.
    ReadRequest read(byte[] body, RequestLine line) throws InvalidRequestException;

    /// Writes one answer to a client.
    AnswerWriter writer(AnswerHead head);

    /// Whether a [#writer] can go on with a stream that a provider of this protocol began: not
    /// where later events repeat ids and numbers that only the provider knows.
    default boolean canBeTakenOver() {
        return true;
    }

    /// The body of an error answer to a client.
    byte[] error(WireError error);
}
