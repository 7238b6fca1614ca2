package hal0.agent.permission.shell;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The words of a command that runs another, past its own options. **Threads** one.
final class Options {
    private final List<Word> words;
    private final Map<Character, String> values = new HashMap<>();
    private int at = 1;

    Options(List<Word> words) {
        this.words = words;
    }

    boolean none() {
        return words.size() < 2;
    }

    List<Word> rest() {
        return words.subList(Math.min(at, words.size()), words.size());
    }

    @Nullable String valueOf(char option) {
        return values.get(option);
    }

    /// `command -v` only says where a command is.
    boolean looksUp() {
        return words.size() > 1 && words.get(1).text().matches("-p?[vV]");
    }

    boolean skipOne() {
        boolean there = at < words.size() && words.get(at).exact();
        at++;
        return there;
    }

    /// Passes over options: letters, those with a value followed by `:`, and whole long words,
    /// those with a value ending in `=`. False when another stands here, or one that is not plain.
    boolean skip(String letters, Set<String> longs) {
        for (; at < words.size(); at++) {
            Word word = words.get(at);
            String text = word.text();
            if (!word.exact()) {
                return false;
            }
            if (text.equals("--")) {
                at++;
                return true;
            }
            if (!text.startsWith("-")) {
                return true;
            }
            boolean known =
                    text.startsWith("--") ? longOption(text, longs) : shortOptions(text, letters);
            if (!known) {
                return false;
            }
        }
        return true;
    }

    private static boolean longOption(String text, Set<String> longs) {
        int equals = text.indexOf('=');
        return longs.contains(equals < 0 ? text : text.substring(0, equals + 1));
    }

    private boolean shortOptions(String text, String letters) {
        if (text.length() < 2) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char letter = text.charAt(i);
            int known = letters.indexOf(letter);
            if (known < 0 || letter == ':') {
                return false;
            }
            boolean takesValue = known + 1 < letters.length() && letters.charAt(known + 1) == ':';
            if (takesValue) {
                return value(letter, text.substring(i + 1));
            }
        }
        return true;
    }

    private boolean value(char letter, String attached) {
        if (!attached.isEmpty()) {
            values.put(letter, attached);
            return true;
        }
        at++;
        if (at >= words.size() || !words.get(at).exact()) {
            return false;
        }
        values.put(letter, words.get(at).text());
        return true;
    }
}
