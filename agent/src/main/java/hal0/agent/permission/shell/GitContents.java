package hal0.agent.permission.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells which of what git tracks a command prints that only looks.
///
/// **Shape** pure. `narrowed` are the words that may narrow it, none for all that is tracked;
/// `paths` says that they are paths for sure, else those are that are there. **Source**
/// git-diff(1), git-log(1), git-grep(1), git-cat-file(1) and gitrevisions(7) of git 2.43, read
/// 2026-11-21.
public record GitContents(List<Word> narrowed, boolean paths) {
    private static final GitContents ALL = new GitContents(List.of(), false);

    /// Options that make no patch of a list of commits, written so that no value stands apart.
    private static final Pattern QUIET =
            Pattern.compile(
                    "--(oneline|graph|all|branches|tags|remotes|no-color|color|decorate|no-decorate"
                            + "|merges|no-merges|first-parent|follow|abbrev-commit|no-abbrev-commit"
                            + "|reverse|topo-order|date-order|author-date-order|no-patch|exit-code"
                            + "|quiet|cached|staged|merge-base|no-renames|find-renames|shortstat"
                            + "|numstat|summary|stat|name-only|name-status|raw|compact-summary"
                            + "|dirstat|no-notes|left-right|cherry-pick|cherry-mark|cherry"
                            + "|show-signature|full-history|simplify-by-decoration|ancestry-path"
                            + "|root|no-commit-id|ignore-all-space|ignore-space-change|minimal)"
                            + "|--(format|pretty|date|since|until|after|before|author|committer|grep"
                            + "|max-count|skip|diff-filter|decorate|color|abbrev|stat|stat-width"
                            + "|stat-count|branches|tags|remotes|glob|exclude|find-renames"
                            + "|min-parents|max-parents|diff-algorithm|dirstat)=.*"
                            + "|-\\d+|-n\\d+|-[isEFPwbrtzRqM]");

    /// These take the next word, in lists of commits.
    private static final Set<String> WITH_VALUE =
            Set.of(
                    "-n",
                    "--since",
                    "--until",
                    "--after",
                    "--before",
                    "--author",
                    "--committer",
                    "--grep",
                    "--max-count",
                    "--skip",
                    "--date");

    private static final Pattern NAMES_ONLY =
            Pattern.compile(
                    "--(stat|stat=.*|shortstat|numstat|summary|name-only|name-status|compact-summary"
                            + "|dirstat|no-patch|quiet)|-s");

    /// Options of a patch itself, as harmless as the patch is.
    private static final Pattern OF_PATCH =
            Pattern.compile(
                    "-p|-u|--patch|-U\\d+|--unified=\\d+|-W|--function-context|--no-ext-diff");

    /// `REVISION:PATH`; braces are those of dates and of searches for messages.
    private static final Pattern IN_REVISION = Pattern.compile("[^:{}]*:[^:/{}][^:{}]*");

    public GitContents {
        narrowed = List.copyOf(narrowed);
    }

    /// Empty where it prints no contents but those of files that its words name: names, messages,
    /// counts.
    public static Optional<GitContents> of(ShellCommand command) {
        if (!command.name().equals("git")) {
            return Optional.empty();
        }
        List<Word> words = GitCommands.fromVerb(command.arguments());
        if (words.isEmpty()) {
            return Optional.empty();
        }
        List<Word> rest = words.subList(1, words.size());
        int dashes = rest.stream().map(Word::text).toList().indexOf("--");
        List<Word> before = dashes < 0 ? rest : rest.subList(0, dashes);
        List<Word> after = dashes < 0 ? List.of() : rest.subList(dashes + 1, rest.size());
        boolean nothing =
                switch (words.getFirst().text()) {
                    case "diff" -> onlyNames(before, true);
                    case "show" -> onlyNames(before, true) || inRevisions(before);
                    case "log", "whatchanged", "diff-tree", "diff-index", "diff-files" ->
                            onlyNames(before, false);
                    case "cat-file" ->
                            before.stream().anyMatch(word -> word.text().matches("-[tse]"))
                                    || inRevisions(before);
                    case "grep", "range-diff" -> false;
                    // What is left lists names, or names its file as `blame` does.
                    default -> true;
                };
        if (nothing) {
            return Optional.empty();
        }
        if (dashes >= 0) {
            return Optional.of(new GitContents(after, true));
        }
        return Optional.of(
                words.getFirst().is("grep") ? ALL : new GitContents(files(before), false));
    }

    /// Whether it says nothing of contents: a list of commits unless it is told to, a difference
    /// only if it is told not to.
    private static boolean onlyNames(List<Word> words, boolean patchUnlessTold) {
        boolean told = words.stream().anyMatch(w -> NAMES_ONLY.matcher(w.text()).matches());
        boolean value = false;
        for (Word word : words) {
            String text = word.text();
            if (!value && text.startsWith("-")) {
                value = !patchUnlessTold && WITH_VALUE.contains(text);
                if (!value && !QUIET.matcher(text).matches()) {
                    return false;
                }
            } else {
                value = false;
            }
        }
        return told || !patchUnlessTold;
    }

    private static boolean inRevisions(List<Word> words) {
        List<String> named =
                words.stream().map(Word::text).filter(text -> !text.startsWith("-")).toList();
        return !named.isEmpty()
                && named.stream().allMatch(text -> IN_REVISION.matcher(text).matches());
    }

    /// Words that may narrow it without `--` before them; an option that is not known may take the
    /// word behind it.
    private static List<Word> files(List<Word> words) {
        List<Word> files = new ArrayList<>();
        for (Word word : words) {
            String text = word.text();
            if (!text.startsWith("-")) {
                files.add(word);
            } else if (!QUIET.matcher(text).matches() && !OF_PATCH.matcher(text).matches()) {
                return List.of();
            }
        }
        return files;
    }
}
