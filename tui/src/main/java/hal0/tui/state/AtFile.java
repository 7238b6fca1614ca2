package hal0.tui.state;

import org.jspecify.annotations.Nullable;

/// A file that is being named: what stands between an `@`, or a command that takes a file, and the
/// caret.
///
/// **Shape** `from` is the index of the `@` in the prompt, or of the name where there is none: then
/// it is `bare`, and may be the name of a file that is to be. Pure.
record AtFile(int from, String typed, boolean bare) {
    private static final String EXPORT = "/" + Command.EXPORT.word() + " ";

    /// Null where the caret is not behind the `@` of a word that begins with one, nor behind the
    /// beginning of a name that a command is told.
    static @Nullable AtFile at(Prompt prompt) {
        String all = prompt.text();
        if (all.startsWith(EXPORT) && all.indexOf('\n') < 0 && prompt.caret() == all.length()) {
            String name = all.substring(EXPORT.length());
            return name.isBlank() ? null : new AtFile(EXPORT.length(), name, true);
        }
        String before = prompt.text().substring(0, prompt.caret());
        int quoted = before.lastIndexOf("@\"");
        boolean open = quoted >= 0 && before.indexOf('"', quoted + 2) < 0;
        if (open && begins(before, quoted) && before.indexOf('\n', quoted) < 0) {
            return new AtFile(quoted, before.substring(quoted + 2), false);
        }
        int from = before.length();
        while (from > 0 && !Character.isWhitespace(before.charAt(from - 1))) {
            from--;
        }
        String word = before.substring(from);
        boolean names = word.startsWith("@") && word.indexOf('"') < 0;
        return names ? new AtFile(from, word.substring(1), false) : null;
    }

    private static boolean begins(String text, int at) {
        return at == 0 || Character.isWhitespace(text.charAt(at - 1));
    }

    /// The prompt with that file named instead, and a blank after it.
    Prompt named(Prompt prompt, String path) {
        if (bare) {
            return prompt.replaced(from, path);
        }
        return prompt.replaced(from, mention(path) + (path.endsWith("/") ? "" : " "));
    }

    /// How a file is named in what is said.
    static String mention(String path) {
        boolean plain = path.chars().noneMatch(c -> Character.isWhitespace(c) || c == '"');
        return plain ? "@" + path : "@\"" + path + "\"";
    }
}
