package hal0.home.config;

import java.util.List;

/// What may stand at a key.
public sealed interface Form {
    record Flag() implements Form {}

    /// A whole number within `[min, max]`.
    record Whole(long min, long max) implements Form {}

    /// A number of at least `min`.
    record Real(double min) implements Form {}

    record Text() implements Form {}

    /// One of the words.
    record Choice(List<String> words) implements Form {
        public Choice {
            words = List.copyOf(words);
        }
    }

    /// A list of texts.
    record Texts() implements Form {}

    /// A secret, which is not told and not written here.
    record Hidden() implements Form {}

    /// A list of numbers.
    record Numbers() implements Form {}
}
