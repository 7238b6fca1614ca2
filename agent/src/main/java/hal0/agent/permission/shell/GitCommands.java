package hal0.agent.permission.shell;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `git` does by which of its words.
///
/// **Source** https://git-scm.com/docs/git, read 2026-11-21.
final class GitCommands {
    static final Set<String> NETWORK =
            Set.of(
                    "push",
                    "fetch",
                    "pull",
                    "clone",
                    "ls-remote",
                    "remote-http",
                    "remote-https",
                    "send-pack",
                    "fetch-pack",
                    "send-email",
                    "imap-send",
                    "svn",
                    "p4",
                    "lfs",
                    "request-pull",
                    "submodule",
                    "daemon",
                    "http-fetch",
                    "http-push",
                    "archive",
                    "instaweb",
                    "bundle",
                    "upload-pack",
                    "receive-pack",
                    "maintenance");

    /// These run commands that they are given or that the configuration names.
    private static final Set<String> RUNS =
            Set.of(
                    "difftool",
                    "mergetool",
                    "filter-branch",
                    "bisect",
                    "hook",
                    "for-each-repo",
                    "shell");

    /// Listings without words that could make or change something.
    private static final Set<String> READS =
            Set.of(
                    "status",
                    "log",
                    "diff",
                    "show",
                    "rev-parse",
                    "ls-files",
                    "blame",
                    "describe",
                    "shortlog",
                    "rev-list",
                    "name-rev",
                    "merge-base",
                    "ls-tree",
                    "cat-file",
                    "diff-tree",
                    "diff-index",
                    "diff-files",
                    "for-each-ref",
                    "show-ref",
                    "grep",
                    "whatchanged",
                    "annotate",
                    "count-objects",
                    "cherry",
                    "range-diff",
                    "check-ignore",
                    "var",
                    "version");

    private static final Set<String> BRANCH_OPTIONS =
            Set.of(
                    "-a",
                    "-r",
                    "-v",
                    "-vv",
                    "--all",
                    "--remotes",
                    "--verbose",
                    "--show-current",
                    "--list");

    private static final Set<String> MORE_THAN_LOOKS =
            Set.of(
                    "--output",
                    "--ext-diff",
                    "--textconv",
                    "--filters",
                    "--no-index",
                    "--open-files-in-pager");

    private GitCommands() {}

    /// Options before the verb that name programs, configuration or another repository.
    static boolean redirects(String option) {
        return option.startsWith("-c")
                || option.startsWith("--config-env")
                || option.startsWith("--exec-path")
                || option.startsWith("--git-dir")
                || option.startsWith("--work-tree")
                || option.startsWith("--namespace")
                || option.startsWith("--super-prefix");
    }

    static @Nullable Hazard hazard(String verb, List<Word> arguments) {
        if (RUNS.contains(verb)) {
            return new Hazard("runs commands that are given to it", List.of("git", verb));
        }
        boolean runs =
                arguments.stream()
                        .map(Word::text)
                        .anyMatch(text ->
                                text.startsWith("--exec")
                                        || text.startsWith("--upload-pack")
                                        || text.startsWith("--open-f")
                                        || (verb.equals("rebase") && text.startsWith("-x")));
        if (runs) {
            return new Hazard("runs commands that are given to it", List.of("git", verb));
        }
        boolean configures =
                verb.equals("config")
                        && arguments.stream()
                                .map(Word::text)
                                .noneMatch(text ->
                                        text.equals("--get")
                                                || text.equals("--list")
                                                || text.equals("-l")
                                                || text.equals("list")
                                                || text.equals("get"));
        if (configures) {
            return new Hazard("changes what git runs", List.of("git", "config"));
        }
        boolean remote =
                verb.equals("remote")
                        && !arguments.isEmpty()
                        && !arguments.stream().allMatch(word -> word.is("-v"));
        return remote
                ? new Hazard("changes where git connects to", List.of("git", "remote"))
                : null;
    }

    /// The verb and what follows, where only options stand before it that change nothing.
    static List<Word> fromVerb(List<Word> arguments) {
        int at = 0;
        while (at < arguments.size()
                && (arguments.get(at).is("--no-pager") || arguments.get(at).is("-P"))) {
            at++;
        }
        return arguments.subList(at, arguments.size());
    }

    /// Whether these arguments of `git` only look.
    static boolean reads(List<Word> arguments) {
        List<Word> words = fromVerb(arguments);
        if (words.isEmpty()) {
            return false;
        }
        String verb = words.getFirst().text();
        List<Word> rest = words.subList(1, words.size());
        return switch (verb) {
            case "branch" -> rest.stream().allMatch(word -> BRANCH_OPTIONS.contains(word.text()));
            case "remote" -> rest.stream().allMatch(word -> word.is("-v"));
            case "stash" -> rest.size() == 1 && rest.getFirst().is("list");
            case "tag" -> rest.stream().allMatch(word -> word.is("-l") || word.is("--list"));
            case "worktree" -> rest.size() == 1 && rest.getFirst().is("list");
            default -> READS.contains(verb) && rest.stream().allMatch(word -> looks(verb, word));
        };
    }

    private static boolean looks(String verb, Word word) {
        String text = word.text();
        if (!text.startsWith("-")) {
            return true;
        }
        // The last two look at what is not tracked: at what is ignored because it is secret.
        boolean opens =
                verb.equals("grep")
                        && (text.matches("-[a-zA-Z]*O.*")
                                || means(text, "--untracked")
                                || means(text, "--no-exclude-standard"));
        return !opens
                && !text.startsWith("-O")
                && MORE_THAN_LOOKS.stream().noneMatch(option -> means(text, option));
    }

    /// Git takes any beginning of a long option for the whole.
    private static boolean means(String text, String option) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        return name.startsWith(option) || (name.length() > 2 && option.startsWith(name));
    }
}
