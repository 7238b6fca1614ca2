package hal0.tui.state;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Files that were dragged onto the terminal, which pastes their names. Pure: whether they are
/// there is asked elsewhere.
final class DroppedFiles {
    private static final int LONGEST = 8192;
    private static final int MOST = 50;
    private static final List<String> PICTURES = List.of(".png", ".jpg", ".jpeg", ".gif", ".webp");

    private DroppedFiles() {}

    /// The paths that a paste consists of, as a shell would read them or as `file:` addresses;
    /// empty where it is anything else.
    static List<String> in(String pasted) {
        String text = pasted.strip();
        if (text.isEmpty() || text.length() > LONGEST || !beginsLikeAPath(text)) {
            return List.of();
        }
        List<String> paths = new ArrayList<>();
        for (String word : words(text)) {
            String path = path(word);
            if (path == null || paths.size() == MOST) {
                return List.of();
            }
            paths.add(path);
        }
        return paths;
    }

    private static boolean beginsLikeAPath(String text) {
        char first = text.charAt(0);
        return first == '/'
                || first == '~'
                || first == '\''
                || first == '"'
                || text.startsWith("file://");
    }

    private static @Nullable String path(String word) {
        if (word.startsWith("file://")) {
            try {
                return URI.create(word).getPath();
            } catch (IllegalArgumentException _) {
                return null; // no address, so it was text
            }
        }
        return word.startsWith("/") || word.startsWith("~/") ? word : null;
    }

    /// Words with the quotes and backslashes of a shell taken away.
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && Character.isWhitespace(c)) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
                continue;
            }
            begun = true;
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
                word.append(text.charAt(++i));
            } else {
                word.append(c);
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }

    /// The prompt with what was pasted as files that go along, if it still stands before the caret.
    static UiState named(UiState state, String pasted, List<String> files) {
        Prompt prompt = state.prompt();
        String before = prompt.text().substring(0, prompt.caret());
        if (!before.endsWith(pasted)) {
            return state;
        }
        Prompt next = prompt.replaced(prompt.caret() - pasted.length(), "");
        for (String file : files) {
            next =
                    isPicture(file)
                            ? next.chip(next.caret(), new Chip.Image(file))
                            : next.insert(AtFile.mention(file));
            next = next.insert(" ");
        }
        return state.with(next);
    }

    private static boolean isPicture(String file) {
        String lower = file.toLowerCase(Locale.ROOT);
        return PICTURES.stream().anyMatch(lower::endsWith);
    }
}
