package hal0.agent.permission.shell;

import java.util.regex.Pattern;

/// Finds what bash reads in another way than the sh of POSIX: `[[ a > b ]]` compares in one and
/// writes a file in the other.
///
/// **Shape** looks at the characters alone, quoted or not: it may see more of it than there is,
/// never less. **Source** dash(1) 0.5.12, bash(1) 5.2 POSIX mode, POSIX.1-2024 shell command
/// language, read 2026-11-21; what else was found by running both.
final class BashOnly {
    private static final Pattern ANYWHERE =
            Pattern.compile(
                    "\\[\\[|\\(\\(|&>|>&(?![0-9-])|\\$['\"\\[]|<<<|[<>]\\(|\\|&|;&|[+=]\\(|\\+="
                            // Words that are expanded here and names of files there.
                            + "|(?<!\\$)\\{(?![\\s}])|~[-+0-9]"
                            // What a quote means within these is not the same, and some are not
                            // known.
                            + "|\\$\\{(?!#?\\w+\\})|`[^`]*\\\\"
                            + "|\\b(function|select|coproc)\\b");

    private BashOnly() {}

    /// **Errors** [Unclear] where the line holds any of it.
    static void requireNone(String line) {
        var found = ANYWHERE.matcher(line);
        if (found.find()) {
            throw new Unclear("sh may read \"%s\" in another way".formatted(found.group().strip()));
        }
    }
}
