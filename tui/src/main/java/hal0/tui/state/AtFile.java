package hal0.tui.state;

import org.jspecify.annotations.Nullable;

/// A file that is being named: what stands between an `@` and the caret.
///
/// **Shape** `from` is the index of the `@` in the prompt. Pure.
record AtFile(int from, String typed) {

    /// Null where the caret is not behind the `@` of a word that begins with one.
    static @Nullable AtFile at(Prompt prompt) {
        String before = prompt.text().substring(0, prompt.caret());
        int quoted = before.lastIndexOf("@\"");
        boolean open = quoted >= 0 && before.indexOf('"', quoted + 2) < 0;
        if (open && begins(before, quoted) && before.indexOf('\n', quoted) < 0) {
            return new AtFile(quoted, before.substring(quoted + 2));
        }
        int from = before.length();
        while (from > 0 && !Character.isWhitespace(before.charAt(from - 1))) {
            from--;
        }
        String word = before.substring(from);
        boolean names = word.startsWith("@") && word.indexOf('"') < 0;
        return names ? new AtFile(from, word.substring(1)) : null;
    }

    private static boolean begins(String text, int at) {
        return at == 0 || Character.isWhitespace(text.charAt(at - 1));
    }

    /// The prompt with that file named instead, and a blank after it.
    Prompt named(Prompt prompt, String path) {
        return prompt.replaced(from, mention(path) + (path.endsWith("/") ? "" : " "));
    }

    /// How a file is named in what is said.
    static String mention(String path) {
        boolean plain = path.chars().noneMatch(c -> Character.isWhitespace(c) || c == '"');
        return plain ? "@" + path : "@\"" + path + "\"";
    }
}
