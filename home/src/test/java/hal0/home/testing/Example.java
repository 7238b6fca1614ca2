package hal0.home.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// A file of `config-examples/`.
public final class Example {
    private static final Pattern LEFT_OUT = Pattern.compile("(?m)^# ([A-Za-z0-9_-]+ = .*|\\[.*])$");

    private Example() {}

    /// **Shape** `name` is relative to the folder.
    public static Path file(String name) {
        return Path.of(System.getProperty("hal0.root"), "config-examples").resolve(name);
    }

    /// Its text with the keys that it only shows in comments.
    public static String withEverything(String name) throws IOException {
        return LEFT_OUT.matcher(Files.readString(file(name))).replaceAll("$1");
    }
}
