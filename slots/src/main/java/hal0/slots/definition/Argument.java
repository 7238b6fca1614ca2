package hal0.slots.definition;

/// One word of a command line and who put it there.
///
/// **Shape** `place` is where it is written, such as `profiles.toml:12`, or empty for what hal0
/// brings itself.
public record Argument(String text, Source source, String place) {

    /// Who has a say in a command line, from the least to the most.
    public enum Source {
        BASE("base"),
        PROFILE("profile"),
        MODEL("model"),
        SLOT("slot"),
        EXTRA_ARGS("extra_args");

        private final String word;

        Source(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
