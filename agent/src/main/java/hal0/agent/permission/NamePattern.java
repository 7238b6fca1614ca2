package hal0.agent.permission;

import java.util.List;
import java.util.Locale;

/// A name in which stars stand for any text; capitals make no difference.
record NamePattern(List<String> pieces) implements Rule.Scope {
    NamePattern {
        pieces = List.copyOf(pieces);
    }

    static NamePattern parse(String text) {
        return new NamePattern(Stars.pieces(text.toLowerCase(Locale.ROOT)));
    }

    boolean matches(String name) {
        return Stars.match(pieces, name.toLowerCase(Locale.ROOT));
    }

    int literalLength() {
        return pieces.stream().mapToInt(String::length).sum();
    }
}
