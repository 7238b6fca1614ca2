package hal0.agent.permission.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Knows the commands that run other commands.
///
/// **Shape** pure. An option that is not listed here makes what is run unknown. **Source** the
/// manuals of GNU coreutils 9.4, findutils 4.9 and bash 5.2, read 2026-11-21.
public final class Wrappers {
    private static final int MOST_NESTED = 8;

    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash");
    private static final Set<String> OTHER_SHELLS =
            Set.of("zsh", "ksh", "mksh", "fish", "csh", "tcsh", "pwsh", "busybox", "toybox");
    private static final Set<String> AS_ANOTHER =
            Set.of("sudo", "doas", "pkexec", "run0", "chroot", "unshare", "nsenter", "setpriv");
    private static final Set<String> TEXT_AS_COMMANDS =
            Set.of(
                    "eval",
                    "source",
                    ".",
                    "trap",
                    "alias",
                    "enable",
                    "shopt",
                    "hash",
                    "bind",
                    "complete",
                    "compgen",
                    "fc",
                    "let",
                    "watch",
                    "parallel",
                    "script",
                    "su",
                    "flock",
                    "strace",
                    "ltrace",
                    "gdb",
                    "expect",
                    "at",
                    "batch",
                    "crontab",
                    "entr",
                    "setarch",
                    "chrt",
                    "taskset",
                    "ionice",
                    "systemd-run",
                    "dbus-run-session",
                    "firejail",
                    "bwrap",
                    "xvfb-run",
                    "ssh-agent",
                    "start-stop-daemon",
                    "coproc");

    /// The options that a command takes before the one that it runs, see [Options#skip].
    private record Own(String letters, Set<String> longs) {}

    private static final Map<String, Own> PREFIXES =
            Map.ofEntries(
                    Map.entry("nohup", new Own("", Set.of())),
                    Map.entry("builtin", new Own("", Set.of())),
                    Map.entry("exec", new Own("cl", Set.of())),
                    Map.entry("command", new Own("p", Set.of())),
                    Map.entry("setsid", new Own("cfw", Set.of("--fork", "--wait", "--ctty"))),
                    Map.entry("nice", new Own("n:", Set.of("--adjustment="))),
                    Map.entry("time", new Own("pv", Set.of("--portability", "--verbose"))),
                    Map.entry(
                            "stdbuf",
                            new Own("i:o:e:", Set.of("--input=", "--output=", "--error="))),
                    Map.entry(
                            "timeout",
                            new Own(
                                    "k:s:v",
                                    Set.of(
                                            "--foreground",
                                            "--preserve-status",
                                            "--verbose",
                                            "--kill-after=",
                                            "--signal="))),
                    Map.entry("env", new Own("iu:0v", Set.of("--ignore-environment", "--unset="))),
                    Map.entry(
                            "xargs",
                            new Own(
                                    "0rtxn:P:L:d:s:I:a:",
                                    Set.of(
                                            "--null",
                                            "--no-run-if-empty",
                                            "--verbose",
                                            "--max-args=",
                                            "--max-procs="))));

    private Wrappers() {}

    /// What a command runs beside itself. A program of the user's own that is called like one of
    /// these may do more.
    public static Opened open(ShellCommand command) {
        Opened opened = byName(command);
        boolean own = command.name().indexOf('/') >= 0;
        return own && opened instanceof Opened.Runs(var inner)
                ? new Opened.AlsoRuns(inner)
                : opened;
    }

    private static Opened byName(ShellCommand command) {
        List<Word> words = command.words();
        String name = command.baseName();
        if (words.stream().filter(Wrappers::runsOthers).count() > MOST_NESTED) {
            return new Opened.Unknown("it is nested too deeply");
        }
        if (TEXT_AS_COMMANDS.contains(name)) {
            return new Opened.Unknown(name + " may run anything");
        }
        if (SHELLS.contains(name)) {
            return shell(words);
        }
        if (OTHER_SHELLS.contains(name)) {
            return new Opened.Unknown(name + " is not read by hal0");
        }
        if (AS_ANOTHER.contains(name)) {
            return new Opened.MayRun(suffixes(words));
        }
        if (name.equals("find")) {
            return Finds.open(words);
        }
        return prefix(command);
    }

    private static boolean runsOthers(Word word) {
        return PREFIXES.containsKey(word.text()) || word.is("-exec");
    }

    private static Opened prefix(ShellCommand command) {
        String name = command.baseName();
        Own own = PREFIXES.get(name);
        Options words = new Options(command.words());
        if (own == null || words.none() || (name.equals("command") && words.looksUp())) {
            return new Opened.Plain();
        }
        boolean understood =
                words.skip(own.letters, own.longs) && (!name.equals("timeout") || words.skipOne());
        if (!understood) {
            return new Opened.Unknown("it is not plain what " + name + " runs");
        }
        return switch (name) {
            case "env" -> afterAssignments(words);
            case "xargs" -> withInput(words);
            default -> runs(words.rest());
        };
    }

    private static Opened runs(List<Word> words) {
        if (words.isEmpty()) {
            return new Opened.Plain();
        }
        return words.getFirst().exact()
                ? new Opened.Runs(List.of(ShellCommand.of(words)))
                : new Opened.Unknown("the name of a command in it is not a plain word");
    }

    private static Opened afterAssignments(Options words) {
        List<Assignment> set = new ArrayList<>();
        List<Word> rest = words.rest();
        int at = 0;
        for (; at < rest.size(); at++) {
            Word word = rest.get(at);
            int equals = word.text().indexOf('=');
            if (equals < 0) {
                break;
            }
            Word name = Word.of(word.text().substring(0, equals));
            if (!name.exact()) {
                return new Opened.Unknown("it is not plain what env sets");
            }
            set.add(new Assignment(name.text(), Word.of(word.text().substring(equals + 1))));
        }
        rest = rest.subList(at, rest.size());
        if (rest.isEmpty()) {
            return new Opened.Plain();
        }
        return rest.getFirst().exact()
                ? new Opened.Runs(List.of(new ShellCommand(set, rest, List.of())))
                : new Opened.Unknown("the name of a command in it is not a plain word");
    }

    /// `xargs` puts what it reads behind the words, or where the word of `-I` stands in them.
    private static Opened withInput(Options words) {
        if (words.rest().isEmpty()) {
            return new Opened.Plain();
        }
        String place = words.valueOf('I');
        List<Word> run = new ArrayList<>();
        for (Word word : words.rest()) {
            boolean replaced = place != null && (place.isEmpty() || word.text().contains(place));
            run.add(replaced ? Word.UNKNOWN : word);
        }
        if (place == null) {
            run.add(Word.UNKNOWN);
        }
        return runs(run);
    }

    private static Opened shell(List<Word> words) {
        if (words.size() < 2 || !words.get(1).exact()) {
            return new Opened.Unknown("it is not plain what the shell runs");
        }
        String first = words.get(1).text();
        if (!first.startsWith("-")) {
            // A script, as `./script` is one.
            return new Opened.Plain();
        }
        if (!first.matches("-[lexu]*c") || words.size() < 3 || !words.get(2).exact()) {
            return new Opened.Unknown("it is not plain what the shell runs");
        }
        String text = words.get(2).text();
        boolean bash = words.getFirst().text().endsWith("bash");
        ShellLine line = bash ? ShellLine.of(text) : ShellLine.ofSh(text);
        return line.unclear() == null
                ? new Opened.Runs(line.commands())
                : new Opened.Unknown(line.unclear());
    }

    /// Whatever stands behind `sudo` and its like may be the command: each word begins one.
    private static List<ShellCommand> suffixes(List<Word> words) {
        List<ShellCommand> all = new ArrayList<>();
        for (int at = 1; at < words.size(); at++) {
            all.add(ShellCommand.of(words.subList(at, words.size())));
        }
        return all;
    }
}
