package hal0.agent.file;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Set;

/// Compares two lines that are not the same.
final class Alike {
    private static final int COMPARED = 400;

    private Alike() {}

    /// The line with its spaces made one, and letters and marks that look alike made the same.
    static String key(String line) {
        StringBuilder key = new StringBuilder(Math.min(line.length(), COMPARED));
        String text = plain(line);
        boolean gap = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isSpace(c)) {
                gap = !key.isEmpty();
            } else {
                key.append(gap ? " " : "").append(c);
                gap = false;
            }
        }
        return key.toString();
    }

    /// What differs, in words; empty when nothing does.
    static String difference(String there, String given) {
        if (there.equals(given)) {
            return "";
        }
        if (there.stripTrailing().equals(given.stripTrailing())) {
            return "spaces at the end of a line differ";
        }
        if (there.strip().equals(given.strip())) {
            boolean tabs = there.startsWith("\t") != given.startsWith("\t");
            return tabs
                    ? "the indentation differs: the file has "
                            + (there.startsWith("\t") ? "tabs" : "spaces")
                    : "the indentation differs";
        }
        if (key(there).equals(key(given))) {
            return spaces(there).equals(spaces(given))
                    ? "spaces differ"
                    : "quotes, dashes, spaces or accents only look the same";
        }
        return "the text differs";
    }

    private static String spaces(String line) {
        return line.replaceAll("[ \\t]+", " ").strip();
    }

    /// The line as keyboards write it: quotes, dashes and spaces of the plain kind.
    static String plain(String line) {
        boolean ascii = true;
        for (int i = 0; i < line.length() && ascii; i++) {
            ascii = line.charAt(i) < 0x80;
        }
        if (ascii) {
            return line;
        }
        StringBuilder plain = new StringBuilder(line.length());
        String composed = Normalizer.normalize(line, Normalizer.Form.NFC);
        for (int i = 0; i < composed.length(); i++) {
            plain.append(plain(composed.charAt(i)));
        }
        return plain.toString();
    }

    private static char plain(char c) {
        if (c >= '\u2018' && c <= '\u201b') {
            return '\'';
        }
        if (c >= '\u201c' && c <= '\u201f') {
            return '"';
        }
        if ((c >= '\u2010' && c <= '\u2015') || c == '\u2212') {
            return '-';
        }
        return isSpace(c) ? ' ' : c;
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /// Which two letters stand beside each other.
    static Set<Integer> pairs(String line) {
        Set<Integer> pairs = new HashSet<>();
        int end = Math.min(line.length(), COMPARED) - 1;
        for (int i = 0; i < end; i++) {
            char a = line.charAt(i);
            char b = line.charAt(i + 1);
            if (!isSpace(a) && !isSpace(b)) {
                pairs.add(a << 16 | b);
            }
        }
        return pairs;
    }

    /// From 0 for nothing in common to 1.
    static double likeness(Set<Integer> a, Set<Integer> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return 0;
        }
        boolean fewer = a.size() < b.size();
        Set<Integer> many = fewer ? b : a;
        long same = (fewer ? a : b).stream().filter(many::contains).count();
        return 2.0 * same / (a.size() + b.size());
    }
}
