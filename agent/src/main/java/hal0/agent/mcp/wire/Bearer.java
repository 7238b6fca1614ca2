package hal0.agent.mcp.wire;

import hal0.providers.http.CancelToken;
import java.util.Optional;

/// The token by which a server of the network knows who calls.
///
/// **Threads** any; blocks where a token has to be renewed.
public interface Bearer {
    /// Nobody has logged in, and nobody can.
    Bearer NONE =
            new Bearer() {
                @Override
                public Optional<String> token(CancelToken cancel) {
                    return Optional.empty();
                }

                @Override
                public Optional<String> afterRefusal(String refused, CancelToken cancel) {
                    return Optional.empty();
                }
            };

    /// The token to send now.
    Optional<String> token(CancelToken cancel);

    /// Another one, as the server does not take `refused`, which is empty where none was sent.
    Optional<String> afterRefusal(String refused, CancelToken cancel);
}
