package hal0.agent.permission;

import hal0.home.config.Nearest;

/// One rule of `[permissions]`: what it is about, and in parentheses which of it.
///
/// **Shape** `shell(git status*)`: one command by its words, where an unquoted `*` stands for any
/// text and any further words; quotes and backslashes as in the shell. `shell(=LINE)`: exactly this
/// command line. `read(…)`, `edit(…)`: paths from the root of the workspace, `~/` or absolute, `*`
/// within a name, `**` across folders. `fetch(HOST)`, `mcp(SERVER__TOOL)`: `*` is any text. A word
/// alone is about all of its kind. **Threads** any.
public record Rule(String text, RuleKind kind, Scope scope) {

    /// Which of its kind a rule is about.
    sealed interface Scope permits Scope.All, Scope.Line, WordPattern, PathPattern, NamePattern {
        record All() implements Scope {}

        /// A command line, character by character.
        record Line(String line) implements Scope {}
    }

    /// **Errors** [IllegalArgumentException] saying in words what is wrong with it.
    public static Rule parse(String written) {
        String text = written.strip();
        int open = text.indexOf('(');
        String word = open < 0 ? text : text.substring(0, open).strip();
        RuleKind kind = RuleKind.of(word);
        if (kind == null) {
            throw new IllegalArgumentException(
                    "\"%s\": a rule begins with one of %s%s"
                            .formatted(
                                    text,
                                    String.join(", ", RuleKind.words()),
                                    Nearest.hint(word, RuleKind.words())));
        }
        if (open < 0) {
            return new Rule(text, kind, new Scope.All());
        }
        if (!text.endsWith(")")) {
            throw new IllegalArgumentException(
                    "\"%s\": the parenthesis is not closed".formatted(text));
        }
        String inner = text.substring(open + 1, text.length() - 1);
        if (inner.isBlank()) {
            throw new IllegalArgumentException(
                    "\"%s\": nothing is in the parentheses; \"%s\" alone means all of it"
                            .formatted(text, word));
        }
        try {
            return new Rule(text, kind, scope(kind, inner));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"%s\": %s".formatted(text, e.getMessage()), e);
        }
    }

    private static Scope scope(RuleKind kind, String inner) {
        return switch (kind) {
            case SHELL ->
                    inner.startsWith("=")
                            ? new Scope.Line(inner.substring(1).strip())
                            : WordPattern.parse(inner);
            case READ, EDIT -> PathPattern.parse(inner.strip());
            case FETCH, MCP -> NamePattern.parse(inner.strip());
            case REMEMBER ->
                    throw new IllegalArgumentException("\"remember\" takes no parentheses");
        };
    }

    /// How much a rule says: of two that fit, the one that says more is meant.
    int weight() {
        return switch (scope) {
            case Scope.All _ -> 0;
            case Scope.Line(var line) -> 1_000_000 + line.length();
            case WordPattern words -> 1 + words.literalLength();
            case PathPattern path -> 1 + path.literalLength();
            case NamePattern name -> 1 + name.literalLength();
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
