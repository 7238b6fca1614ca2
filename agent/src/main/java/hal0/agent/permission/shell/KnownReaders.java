package hal0.agent.permission.shell;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Knows the commands that only look, and which of their words are files.
///
/// **Shape** pure. Whether the files may be looked at is for others to decide. **Source** the
/// manuals of GNU coreutils 9.4, findutils 4.9, grep 3.11, sed 4.9, ripgrep 14 and fd 10, read
/// 2026-11-21.
public final class KnownReaders {
    /// A command, the options that make it more than a look, and what its words are.
    private record Reader(Pattern refused, Words words) {}

    private enum Words {
        /// Texts; no file is opened.
        TEXTS,
        FILES,
        /// The first that is no option is a pattern, the rest are files.
        PATTERN_FIRST
    }

    private static final Pattern NOTHING = Pattern.compile("(?!)");
    private static final Map<String, Reader> ALL = new TreeMap<>();

    private static final Pattern SED = Pattern.compile("(\\d+|\\$)?(,(\\d+|\\$))?p|/[\\w .:-]*/p");
    private static final Set<String> VERSIONED =
            Set.of(
                    "java", "javac", "mvn", "gradle", "node", "npm", "pnpm", "yarn", "python",
                    "python3", "pip", "pip3", "ruby", "perl", "go", "cargo", "rustc", "gcc", "g++",
                    "clang", "make", "cmake", "git", "bash", "docker", "php", "dotnet", "rg", "jq");

    static {
        texts(
                "echo true false : pwd whoami uname id groups nproc arch tty date which type uptime",
                NOTHING);
        texts("printf", Pattern.compile("-v.*"));
        texts("date", Pattern.compile("-s.*|--s.*|-f.*|--f.*|[^+-].*"));
        texts("basename dirname seq expr sleep", NOTHING);
        files(
                "ls cat head tail wc nl tac rev stat du df readlink realpath cmp md5sum sha1sum"
                        + " sha256sum sha512sum cksum od xxd hexdump strings fold expand column paste join tr"
                        + " comm cut test [ diff",
                NOTHING);
        files("xxd", Pattern.compile("-r.*|-[a-z]*r[a-z]*|[^-].*"));
        files("sort", Pattern.compile("-[a-zA-Z]*[oTS].*|--o.*|--co.*|--te.*|--fi.*"));
        files("wc du", Pattern.compile("--files0.*"));
        files("tree", Pattern.compile("-[a-zA-Z]*[oRlf].*|--o.*|--fromf.*"));
        files("file", Pattern.compile("-[a-zA-Z]*[Ccfmz].*|--[cfmu].*"));
        files("find", Pattern.compile("-(delete|fprint.*|fls|files0-from|follow|L)|-[HLP]*L.*"));
        files("diff", Pattern.compile("-[a-zA-Z]*r.*|--rec.*|--from.*|--to.*"));
        files("test [", Pattern.compile("-[vR]"));
        files("column", Pattern.compile("-[a-z]*[Jj].*"));
        patternFirst("grep egrep fgrep", Pattern.compile("-[a-zA-Z]*[Rf].*|--de.*|--fi.*"));
        patternFirst(
                "rg",
                Pattern.compile(
                        "--pre.*|--ho.*|-[a-zA-Z0-9]*[zLfu].*|--se.*|--fo.*|--fi.*|--un.*|--hi.*|-\\..*|-[a-zA-Z]*\\.|--no-ig.*"));
        patternFirst(
                "fd fdfind", Pattern.compile("-[a-zA-Z]*[xXLu].*|--ex.*|--fo.*|--un.*|--bas.*"));
    }

    private KnownReaders() {}

    private static void texts(String names, Pattern refused) {
        add(names, refused, Words.TEXTS);
    }

    private static void files(String names, Pattern refused) {
        add(names, refused, Words.FILES);
    }

    private static void patternFirst(String names, Pattern refused) {
        add(names, refused, Words.PATTERN_FIRST);
    }

    private static void add(String names, Pattern refused, Words words) {
        Arrays.stream(names.split(" ", -1))
                .forEach(name -> ALL.put(name, new Reader(refused, words)));
    }

    /// Whether this command only looks, whatever files it names.
    public static boolean looks(ShellCommand command) {
        String name = command.name();
        List<Word> arguments = command.arguments();
        if (name.equals("git")) {
            return arguments.stream().noneMatch(Word::unknown) && GitCommands.reads(arguments);
        }
        if (VERSIONED.contains(name) && arguments.size() == 1) {
            String only = arguments.getFirst().text();
            return only.equals("--version") || (only.equals("-version") && name.startsWith("java"));
        }
        if (name.equals("sed")) {
            return sedPrints(arguments);
        }
        if (name.equals("command")) {
            return new Options(command.words()).looksUp();
        }
        if (name.equals("cd")) {
            return arguments.size() == 1
                    && arguments.getFirst().exact()
                    && !arguments.getFirst().is("-");
        }
        if (name.equals("set")) {
            return arguments.stream().allMatch(w -> w.text().matches("[-+][eu]+o?|pipefail|-o"));
        }
        Reader reader = ALL.get(name);
        if (reader == null) {
            return false;
        }
        return arguments.stream()
                .allMatch(word ->
                        (!word.unknown() || name.equals("echo"))
                                && !reader.refused.matcher(word.text()).matches());
    }

    private static boolean sedPrints(List<Word> arguments) {
        return arguments.size() >= 2
                && arguments.getFirst().is("-n")
                && SED.matcher(arguments.get(1).text()).matches()
                && arguments.stream()
                        .skip(2)
                        .noneMatch(word -> word.unknown() || word.text().startsWith("-"));
    }

    /// The words of a command that only looks that may name files.
    public static List<Word> files(ShellCommand command) {
        List<Word> arguments = command.arguments();
        Reader reader = ALL.get(command.name());
        if (command.name().equals("sed")) {
            return arguments.subList(Math.min(2, arguments.size()), arguments.size());
        }
        Words words = reader == null ? Words.FILES : reader.words;
        return switch (words) {
            // What the shell makes of `*` are names of files all the same.
            case TEXTS -> arguments.stream().filter(w -> !w.exact() && !w.unknown()).toList();
            case FILES -> arguments;
            case PATTERN_FIRST -> afterPattern(arguments);
        };
    }

    private static List<Word> afterPattern(List<Word> arguments) {
        boolean given =
                arguments.stream().anyMatch(w -> w.text().matches("-[a-zA-Z]*e.*|--regexp.*"));
        for (int at = 0; !given && at < arguments.size(); at++) {
            if (!arguments.get(at).text().startsWith("-")) {
                return arguments.subList(at + 1, arguments.size());
            }
        }
        return arguments;
    }

    /// Whether it reads the folders that it names with all that is below.
    public static boolean descends(ShellCommand command) {
        return switch (command.name()) {
            case "grep", "egrep", "fgrep" ->
                    command.arguments().stream()
                            .anyMatch(w -> w.text().matches("-[a-zA-Z]*r.*|--rec.*|--dir.*|-d.*"));
            case "rg" -> true;
            default -> false;
        };
    }
}
