package hal0.home.config;

import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/// Says what stands where something else should.
final class Found {
    private static final int MAX_SHOWN = 40;

    private Found() {}

    /// Such as `is the number 80`; a secret, and a long text, is not repeated.
    static String of(@Nullable Object value, boolean secret) {
        return switch (value) {
            case null -> "is nothing";
            case String text when secret || text.length() > MAX_SHOWN -> "is text";
            case String text -> "is the text " + TomlText.quoted(text);
            case Number _ when secret -> "is a number";
            case Number number -> "is the number " + TomlText.of(number);
            case Boolean flag -> "is " + flag;
            case TomlArray _ -> "is a list";
            case TomlTable _ -> "is a table";
            case Object _ -> "is a date or time";
        };
    }
}
