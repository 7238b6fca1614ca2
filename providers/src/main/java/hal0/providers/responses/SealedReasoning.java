package hal0.providers.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a reasoning item of the API has besides its words, as the one signature that the neutral
/// conversation keeps for them: it goes back as the item that it was.
///
/// **Shape** base64, because some protocols take nothing else as a signature, of a line with the
/// id, a line with the stretches (`s12 c3`: a summary of 12 characters, then raw reasoning of 3),
/// and the encrypted content. The words are not in it: they are the thinking itself, its stretches
/// parted by an empty line.
record SealedReasoning(String id, List<Stretch> stretches, @Nullable String encrypted) {
    static final String BETWEEN = "\n\n";

    /// Six bytes, so that the base64 of every seal begins alike.
    private static final String MAGIC = "hal0rs";

    private static final String PREFIX = Base64.getEncoder().encodeToString(MAGIC.getBytes(UTF_8));

    private static final Pattern STRETCH = Pattern.compile("[sc][0-9]{1,9}");

    enum Kind {
        SUMMARY('s'),
        CONTENT('c');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }
    }

    /// Text of one kind; `length` in UTF-16 units.
    record Stretch(Kind kind, int length) {}

    /// A stretch with its words.
    record Piece(Kind kind, String text) {}

    SealedReasoning {
        stretches = List.copyOf(stretches);
        if (id.indexOf('\n') >= 0) {
            id = "";
        }
    }

    /// The item as a signature.
    String signature() {
        StringBuilder text = new StringBuilder(MAGIC).append('\n').append(id).append('\n');
        for (int i = 0; i < stretches.size(); i++) {
            Stretch stretch = stretches.get(i);
            text.append(i == 0 ? "" : " ").append(stretch.kind.letter).append(stretch.length);
        }
        if (encrypted != null) {
            text.append('\n').append(encrypted);
        }
        return Base64.getEncoder().encodeToString(text.toString().getBytes(UTF_8));
    }

    /// The item that a signature was made from; null when it is another's.
    static @Nullable SealedReasoning open(String signature) {
        if (!signature.startsWith(PREFIX)) {
            return null;
        }
        try {
            String[] lines =
                    new String(Base64.getDecoder().decode(signature), UTF_8).split("\n", 4);
            if (lines.length < 3 || !lines[0].equals(MAGIC)) {
                return null;
            }
            return new SealedReasoning(
                    lines[1], stretches(lines[2]), lines.length == 4 ? lines[3] : null);
        } catch (IllegalArgumentException e) {
            // Neither base64 nor stretches: whoever made it, it was not us.
            return null;
        }
    }

    private static List<Stretch> stretches(String line) {
        List<Stretch> stretches = new ArrayList<>();
        if (!line.isEmpty()) {
            for (String word : line.split(" ", -1)) {
                if (!STRETCH.matcher(word).matches()) {
                    throw new IllegalArgumentException("not a stretch");
                }
                Kind kind = word.charAt(0) == 'c' ? Kind.CONTENT : Kind.SUMMARY;
                stretches.add(new Stretch(kind, Integer.parseInt(word, 1, word.length(), 10)));
            }
        }
        return stretches;
    }

    /// The words of the item, parted as they were; words that were changed on the way are one
    /// summary.
    List<Piece> pieces(String text) {
        List<Piece> pieces = new ArrayList<>();
        int at = 0;
        for (Stretch stretch : stretches) {
            if (at > 0) {
                if (!text.startsWith(BETWEEN, at)) {
                    return asOne(text);
                }
                at += BETWEEN.length();
            }
            if (stretch.length > text.length() - at) {
                return asOne(text);
            }
            pieces.add(new Piece(stretch.kind, text.substring(at, at + stretch.length)));
            at += stretch.length;
        }
        return at == text.length() ? pieces : asOne(text);
    }

    private static List<Piece> asOne(String text) {
        return text.isEmpty() ? List.of() : List.of(new Piece(Kind.SUMMARY, text));
    }

    /// The signature for an item with these pieces.
    static String seal(String id, List<Piece> pieces, @Nullable String encrypted) {
        List<Stretch> stretches =
                pieces.stream().map(p -> new Stretch(p.kind, p.text.length())).toList();
        return new SealedReasoning(id, stretches, encrypted).signature();
    }
}
