package hal0.home.config;

/// Dotted paths of keys, as TOML writes them: `providers."my box".models`.
final class KeyPath {
    private KeyPath() {}

    static String join(String table, String key) {
        String written = isBare(key) ? key : TomlText.quoted(key);
        return table.isEmpty() ? written : table + "." + written;
    }

    private static boolean isBare(String key) {
        return !key.isEmpty() && key.chars().allMatch(KeyPath::isBare);
    }

    private static boolean isBare(int c) {
        return isWord(c) || c == '-';
    }

    /// An ASCII letter or digit, or `_`: what names of keys and of variables are made of.
    static boolean isWord(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_';
    }
}
