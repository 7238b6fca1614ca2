package hal0.agent.permission;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a rule is about, by the word that it begins with.
enum RuleKind {
    READ,
    EDIT,
    SHELL,
    FETCH,
    MCP,
    REMEMBER;

    static List<String> words() {
        return Arrays.stream(values()).map(RuleKind::word).toList();
    }

    static @Nullable RuleKind of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElse(null);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
