package hal0.agent.search;

import hal0.providers.http.CancelToken;
import java.time.Duration;

/// Searches lines of files.
///
/// **Errors** [hal0.agent.tool.ToolException] in words for the model. **Threads** any.
interface Grep {
    Duration LONGEST = Duration.ofSeconds(60);

    /// Lines, or files where only those are wanted, after which a search ends: more is of no use.
    int MOST_FOUND = 2_000;

    String ENOUGH = "there is more than " + MOST_FOUND;
    String TOO_LONG = "not everything was searched within " + LONGEST.toSeconds() + " s";

    GrepFound search(GrepRequest request, CancelToken cancel);
}
