package hal0.relay.route;

import java.util.List;

/// One field of a body or of a query, as it is read and as it is described: both come from here.
///
/// **Shape** `words` are the values that a text may have, empty for any; `inner` the fields of an
/// object, or of each object in a list. A `clearable` one may be null, which takes the value away.
public record Field(
        String name,
        Kind kind,
        boolean required,
        boolean clearable,
        String about,
        List<String> words,
        List<Field> inner) {

    public Field {
        words = List.copyOf(words);
        inner = List.copyOf(inner);
    }

    /// What stands in it.
    public enum Kind {
        TEXT("a text"),
        FLAG("true or false"),
        WHOLE("a whole number"),
        NUMBER("a number of at least 0"),
        /// One text, or a list of them.
        TEXTS("a text or a list of texts"),
        /// A list of texts, nothing else.
        STRINGS("a list of texts"),
        OBJECT("an object"),
        LIST("a list"),
        /// Whatever JSON has.
        ANY("anything");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /// Such as `a whole number`.
        public String words() {
            return words;
        }
    }

    private static Field of(String name, Kind kind, String about) {
        return new Field(name, kind, false, false, about, List.of(), List.of());
    }

    public static Field text(String name, String about) {
        return of(name, Kind.TEXT, about);
    }

    public static Field flag(String name, String about) {
        return of(name, Kind.FLAG, about);
    }

    public static Field whole(String name, String about) {
        return of(name, Kind.WHOLE, about);
    }

    public static Field number(String name, String about) {
        return of(name, Kind.NUMBER, about);
    }

    public static Field texts(String name, String about) {
        return of(name, Kind.TEXTS, about);
    }

    public static Field strings(String name, String about) {
        return of(name, Kind.STRINGS, about);
    }

    public static Field any(String name, String about) {
        return of(name, Kind.ANY, about);
    }

    public static Field object(String name, String about, Field... inner) {
        return new Field(name, Kind.OBJECT, false, false, about, List.of(), List.of(inner));
    }

    public static Field list(String name, String about, Field... inner) {
        return new Field(name, Kind.LIST, false, false, about, List.of(), List.of(inner));
    }

    /// This, which has to be there.
    public Field must() {
        return new Field(name, kind, true, clearable, about, words, inner);
    }

    /// This, which null takes away.
    public Field orNull() {
        return new Field(name, kind, required, true, about, words, inner);
    }

    /// This, which is one of those words.
    public Field oneOf(List<String> allowed) {
        return new Field(name, kind, required, clearable, about, allowed, inner);
    }
}
