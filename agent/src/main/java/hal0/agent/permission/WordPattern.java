package hal0.agent.permission;

import java.util.ArrayList;
import java.util.List;

/// The words of one command, where a star stands for any text and any further words.
///
/// **Shape** `pieces` are the literal texts between stars, words in them parted by [#GAP]: two
/// pieces more than nothing for each star. A star after a blank at the end also stands for no
/// further word.
record WordPattern(List<String> pieces) implements Rule.Scope {
    /// Parts words; no word holds it, because no command line can.
    private static final char GAP = '\0';

    WordPattern {
        pieces = List.copyOf(pieces);
    }

    /// **Errors** [IllegalArgumentException] for an open quote.
    static WordPattern parse(String text) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        String stripped = text.strip();
        for (int at = 0; at < stripped.length(); at++) {
            char c = stripped.charAt(at);
            switch (c) {
                case '\'', '"' -> {
                    int end = stripped.indexOf(c, at + 1);
                    if (end < 0) {
                        throw new IllegalArgumentException("a quote is not closed");
                    }
                    piece.append(stripped, at + 1, end);
                    at = end;
                }
                case '\\' -> {
                    at++;
                    piece.append(at < stripped.length() ? stripped.charAt(at) : c);
                }
                case '*' -> {
                    pieces.add(piece.toString());
                    piece.setLength(0);
                }
                case ' ', '\t', '\n' -> {
                    if (piece.isEmpty() || piece.charAt(piece.length() - 1) != GAP) {
                        piece.append(GAP);
                    }
                }
                default -> piece.append(c);
            }
        }
        pieces.add(piece.toString());
        return new WordPattern(pieces);
    }

    boolean matches(List<String> words) {
        String text = String.join(String.valueOf(GAP), words);
        return Stars.match(pieces, text)
                || (endsInFurtherWords() && Stars.match(pieces, text + GAP));
    }

    private boolean endsInFurtherWords() {
        int last = pieces.size() - 1;
        return last > 0
                && pieces.get(last).isEmpty()
                && pieces.get(last - 1).endsWith(String.valueOf(GAP));
    }

    boolean exact() {
        return pieces.size() == 1;
    }

    /// Its words as far as they are written out: each up to its first star.
    List<String> named() {
        List<String> named = new ArrayList<>();
        boolean begun = false;
        for (String piece : pieces) {
            String[] words = piece.split(String.valueOf(GAP), -1);
            // What follows a star within a word is not the beginning of one.
            for (int i = begun ? 1 : 0; i < words.length; i++) {
                if (!words[i].isEmpty()) {
                    named.add(words[i]);
                }
            }
            begun = true;
        }
        return named;
    }

    int literalLength() {
        return pieces.stream().mapToInt(String::length).sum();
    }
}
