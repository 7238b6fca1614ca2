package hal0.agent.tool;

/// Says how many there are of something: `1 line`, `2 lines`.
public final class Counted {
    private Counted() {}

    /// `noun` is one that takes an s.
    public static String words(long count, String noun) {
        return count == 1 ? "1 " + noun : count + " " + noun + 's';
    }
}
