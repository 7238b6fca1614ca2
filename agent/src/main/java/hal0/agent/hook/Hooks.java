package hal0.agent.hook;

import hal0.providers.http.CancelToken;
import java.util.Optional;

/// What the user has run around tools and at the end of a turn.
public interface Hooks {

    Hooks NONE =
            new Hooks() {
                @Override
                public Optional<String> beforeTool(Call call, CancelToken cancel) {
                    return Optional.empty();
                }

                @Override
                public Optional<String> afterTool(
                        Call call, String result, boolean failed, CancelToken cancel) {
                    return Optional.empty();
                }

                @Override
                public Optional<String> onStop(String session, String answer, CancelToken cancel) {
                    return Optional.empty();
                }
            };

    /// A call of a tool; `arguments` is JSON.
    record Call(String session, String id, String tool, String arguments) {}

    /// Why the call must not be run; empty lets it.
    Optional<String> beforeTool(Call call, CancelToken cancel);

    /// What the model is told beside the result; empty for nothing.
    Optional<String> afterTool(Call call, String result, boolean failed, CancelToken cancel);

    /// Why the turn must not end yet, which the model is told; empty lets it end.
    Optional<String> onStop(String session, String answer, CancelToken cancel);
}
