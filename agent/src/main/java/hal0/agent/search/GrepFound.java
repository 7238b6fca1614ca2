package hal0.agent.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a search found.
///
/// **Shape** files by name; `stopped` says why not everything was looked at, or is null.
record GrepFound(List<FileHits> files, @Nullable String stopped) {

    /// What was found in one file. `count` is how many lines match, `more` whether that is only the
    /// least.
    record FileHits(String name, long count, boolean more, List<Line> lines) {}

    /// A line that matches, or one beside it.
    record Line(long number, String text, boolean match) {}
}
