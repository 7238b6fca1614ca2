package hal0.agent.permission.shell;

/// One word of a command line after quotes are gone.
///
/// **Shape** `text` holds [#ANY] where something unknown stands (an expansion: any text, any number
/// of words, or nothing) and [#GLOB] where file names are matched. `bare` when no character of it
/// was quoted or expanded, so that it may be a reserved word.
public record Word(String text, boolean bare) {
    /// Characters of the private use area, which a line may not hold itself.
    public static final char ANY = '\uE000';

    public static final char GLOB = '\uE001';

    static final Word UNKNOWN = new Word(String.valueOf(ANY), false);

    public static Word of(String text) {
        return new Word(text, false);
    }

    /// Whether bash passes on exactly this text.
    public boolean exact() {
        return text.indexOf(ANY) < 0 && text.indexOf(GLOB) < 0;
    }

    /// Whether an expansion stands in it, so that its text cannot be known.
    public boolean unknown() {
        return text.indexOf(ANY) >= 0;
    }

    public boolean is(String other) {
        return text.equals(other);
    }

    boolean isReserved(String word) {
        return bare && text.equals(word);
    }
}
