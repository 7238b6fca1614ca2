package hal0.agent.checkpoint;

/// What taking a change back, or making it again, does at one path.
///
/// **Shape** `added` and `removed` count lines of text, moved ones not counted; 0 for what is no
/// text. `why` says what stands in the way of `LEFT` and `CONFLICT`, and is empty elsewhere.
public record FileStep(String path, Kind kind, int added, int removed, String why) {

    public enum Kind {
        /// Gets other content.
        RESTORE,
        /// Is deleted.
        DELETE,
        /// Is made again.
        RECREATE,
        /// Gets other permissions.
        MODE,
        /// Is already as it will be.
        SAME,
        /// Stays as it is, because what it should be was not kept.
        LEFT,
        /// Somebody else changed it; as long as there is one of these nothing is done.
        CONFLICT
    }

    static FileStep of(String path, Kind kind) {
        return new FileStep(path, kind, 0, 0, "");
    }

    static FileStep because(String path, Kind kind, String why) {
        return new FileStep(path, kind, 0, 0, why);
    }
}
