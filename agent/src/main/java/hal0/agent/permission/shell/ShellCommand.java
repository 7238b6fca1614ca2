package hal0.agent.permission.shell;

import java.util.ArrayList;
import java.util.List;

/// A simple command: what it sets, what it runs with which words, and which files it opens.
///
/// **Shape** without words it only sets variables or opens files.
public record ShellCommand(
        List<Assignment> assignments, List<Word> words, List<Redirect> redirects) {
    public ShellCommand {
        assignments = List.copyOf(assignments);
        words = List.copyOf(words);
        redirects = List.copyOf(redirects);
    }

    static ShellCommand of(List<Word> words) {
        return new ShellCommand(List.of(), words, List.of());
    }

    /// The name of what is run; empty without words.
    public String name() {
        return words.isEmpty() ? "" : words.getFirst().text();
    }

    /// The name without the folders before it.
    public String baseName() {
        return name().substring(name().lastIndexOf('/') + 1);
    }

    public List<Word> arguments() {
        return words.isEmpty() ? List.of() : words.subList(1, words.size());
    }

    /// Whether bash passes on exactly these words.
    public boolean exact() {
        return words.stream().allMatch(Word::exact)
                && assignments.stream().allMatch(a -> a.value().exact());
    }

    /// The words as rules see them: what is set for this command, then what is run.
    public List<String> texts() {
        List<String> all = new ArrayList<>();
        assignments.forEach(a -> all.add(a.name() + "=" + a.value().text()));
        words.forEach(word -> all.add(word.text()));
        return all;
    }
}
