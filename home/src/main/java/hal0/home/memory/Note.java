package hal0.home.memory;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Something to be remembered.
///
/// **Shape** `text` is not blank and at most 16 KB; `bank` a short name in lower case; tags are
/// short lines; `source` says who wants it remembered, such as `cli` or the id of a session; empty
/// when nobody said. **Errors** [IllegalArgumentException] in words for whoever wrote it.
public record Note(
        String bank, String text, List<String> tags, Map<String, String> metadata, String source) {
    public static final String USUAL_BANK = "default";

    private static final Pattern BANK = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,63}");
    private static final int LONGEST_TEXT = 16 * 1024;
    private static final int LONGEST_TAG = 64;
    private static final int MOST = 32;

    public Note {
        requireBank(bank);
        text = text.strip();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("there is no text to remember");
        }
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException(
                    "the text has %d characters, and at most %d are remembered as one; say it shorter"
                            .formatted(text.length(), LONGEST_TEXT));
        }
        tags = tags.stream().map(String::strip).filter(tag -> !tag.isEmpty()).distinct().toList();
        for (String tag : tags) {
            if (tag.length() > LONGEST_TAG || tag.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "a tag is one line of at most %d characters".formatted(LONGEST_TAG));
            }
        }
        if (tags.size() > MOST || metadata.size() > MOST) {
            throw new IllegalArgumentException(
                    "at most %d tags and as much metadata belong to one text".formatted(MOST));
        }
        metadata = Map.copyOf(new TreeMap<>(metadata));
    }

    /// A text alone in the usual bank.
    public static Note of(String text, String source) {
        return new Note(USUAL_BANK, text, List.of(), Map.of(), source);
    }

    /// **Errors** [IllegalArgumentException] for what cannot be a bank's name.
    public static void requireBank(String bank) {
        if (!BANK.matcher(bank).matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" cannot name a bank: use lower-case letters, digits, -, _ and ."
                            .formatted(bank));
        }
    }
}
