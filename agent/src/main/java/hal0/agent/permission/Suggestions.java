package hal0.agent.permission;

import hal0.agent.permission.shell.ShellCommand;
import hal0.agent.permission.shell.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Rules that would allow a command, the narrowest first.
final class Suggestions {
    private static final int LONGEST = 300;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./^~#{}\\[\\]<>?!-]+");

    /// Commands whose second word says what they do.
    private static final Set<String> BY_VERB =
            Set.of(
                    "npm",
                    "pnpm",
                    "yarn",
                    "bun",
                    "deno",
                    "git",
                    "mvn",
                    "./mvnw",
                    "gradle",
                    "./gradlew",
                    "cargo",
                    "go",
                    "make",
                    "just",
                    "task",
                    "dotnet",
                    "poetry",
                    "uv",
                    "bundle",
                    "rake",
                    "cmake",
                    "ninja",
                    "bazel",
                    "sbt",
                    "mix",
                    "composer",
                    "rails",
                    "tox",
                    "nox",
                    "ant",
                    "pytest",
                    "jest",
                    "vitest",
                    "tsc",
                    "eslint",
                    "prettier",
                    "black",
                    "ruff",
                    "mypy");

    private static final Set<String> NEVER_WIDE =
            Set.of(
                    "rm",
                    "rmdir",
                    "mv",
                    "cp",
                    "chmod",
                    "chown",
                    "ln",
                    "tee",
                    "truncate",
                    "unlink",
                    "sed",
                    "awk",
                    "perl",
                    "python",
                    "python3",
                    "node",
                    "ruby",
                    "php",
                    "sh",
                    "bash",
                    "xargs",
                    "find",
                    "env",
                    "eval",
                    "exec",
                    "kill",
                    "tar",
                    "patch");

    private Suggestions() {}

    /// `risky` ones are only allowed as they are.
    static List<String> of(ShellCommand command, boolean risky) {
        List<String> rules = new ArrayList<>();
        List<String> texts = command.texts();
        if (command.exact()) {
            rules.add("shell(%s)".formatted(words(texts)));
        }
        boolean wide =
                !risky
                        && command.assignments().isEmpty()
                        && BY_VERB.contains(command.name())
                        && !NEVER_WIDE.contains(command.name());
        if (wide && command.words().size() > 1 && isVerb(command.words().get(1))) {
            rules.add("shell(%s*)".formatted(words(texts.subList(0, 2))));
        } else if (wide && command.words().size() == 1) {
            rules.add("shell(%s *)".formatted(words(texts)));
        }
        rules.removeIf(rule -> rule.length() > LONGEST || !isSafe(rule));
        return rules;
    }

    static List<String> wholeLine(String line) {
        String text = line.strip();
        boolean fits = !text.isEmpty() && text.length() <= LONGEST && isSafe(text);
        return fits ? List.of("shell(=%s)".formatted(text)) : List.of();
    }

    private static boolean isVerb(Word word) {
        return word.exact() && word.text().matches("[a-z][A-Za-z0-9:_-]*");
    }

    private static boolean isSafe(String rule) {
        return rule.codePoints()
                .noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
    }

    private static String words(List<String> texts) {
        return String.join(" ", texts.stream().map(Suggestions::quoted).toList());
    }

    private static String quoted(String text) {
        if (PLAIN.matcher(text).matches() && !text.startsWith("=")) {
            return text;
        }
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
