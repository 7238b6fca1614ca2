package hal0.agent.permission;

import hal0.agent.permission.shell.Assignment;
import hal0.agent.permission.shell.GitContents;
import hal0.agent.permission.shell.Hazard;
import hal0.agent.permission.shell.Hazards;
import hal0.agent.permission.shell.KnownReaders;
import hal0.agent.permission.shell.Opened;
import hal0.agent.permission.shell.Redirect;
import hal0.agent.permission.shell.ShellCommand;
import hal0.agent.permission.shell.ShellLine;
import hal0.agent.permission.shell.Variables;
import hal0.agent.permission.shell.Word;
import hal0.agent.permission.shell.Wrappers;
import hal0.agent.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Decides about one command line: each of its commands needs leave. **Threads** one.
final class ShellJudge {
    private static final int MOST_WORDS = 2_000;
    private static final int MOST_FOLDERS = 8;
    private static final String ONLY_LOOKS =
            "plan mode runs only commands that look at the workspace";
    private static final Set<String> OPEN_FILES =
            Set.of(
                    "/dev/null",
                    "/dev/stdout",
                    "/dev/stderr",
                    "/dev/stdin",
                    "/dev/fd/1",
                    "/dev/fd/2");

    private final Mode mode;
    private final Workspace workspace;
    private final PathJudge paths;
    private final CommandRules leave;

    /// Where the next command may run: `cd` adds, as it may not have been run.
    private final List<Path> folders = new ArrayList<>();

    ShellJudge(Mode mode, Rules rules, Workspace workspace) {
        this.mode = mode;
        this.workspace = workspace;
        this.paths = new PathJudge(mode, rules, workspace);
        this.leave = new CommandRules(rules, paths);
        folders.add(workspace.root());
    }

    Decision decide(String text, boolean bash) {
        ShellLine line = bash ? ShellLine.of(text) : ShellLine.ofSh(text);
        Optional<Rule> denies = leave.denying(line);
        if (denies.isPresent()) {
            return new Decision.Deny("the rule " + denies.get() + " denies it");
        }
        Optional<Rule> whole = mode == Mode.PLAN ? Optional.empty() : leave.wholeLine(line);
        if (whole.isPresent()) {
            return new Decision.Allow("the rule " + whole.get());
        }
        Decision all = new Decision.Allow("it runs nothing");
        if (line.unclear() != null) {
            all = ask("it cannot be told what it runs: " + line.unclear());
        } else if (line.commands().stream().mapToInt(c -> 1 + c.words().size()).sum()
                > MOST_WORDS) {
            return ask("it has too many words to judge");
        }
        for (ShellCommand command : line.commands()) {
            all = all.and(command(command, line.loops()));
        }
        return all instanceof Decision.Ask(var why, var suggested) && suggested.isEmpty()
                ? new Decision.Ask(why, Suggestions.wholeLine(text))
                : all;
    }

    private Decision command(ShellCommand command, boolean loops) {
        Decision all = new Decision.Allow("it runs nothing");
        for (Redirect redirect : command.redirects()) {
            all = all.and(redirect(redirect));
        }
        if (command.words().isEmpty()) {
            for (Assignment set : command.assignments()) {
                if (!maySet(set)) {
                    all = all.and(ask("it sets " + set.name()));
                }
            }
            return all;
        }
        if (command.name().equals("cd")) {
            return all.and(changesFolder(command, loops));
        }
        Opened opened = Wrappers.open(command);
        Decision byRule = leave.decide(command, opened, folders).orElse(null);
        boolean decided =
                byRule instanceof Decision.Deny
                        || (byRule instanceof Decision.Allow && mode != Mode.PLAN);
        if (byRule != null && decided) {
            return all.and(byRule);
        }
        Decision itself =
                switch (opened) {
                    case Opened.Plain _, Opened.MayRun _ -> byMode(command);
                    case Opened.Unknown(var why) -> ask(why);
                    case Opened.Runs(var inner) -> inherits(command).and(each(inner, loops));
                    case Opened.AlsoRuns(var inner) -> byMode(command).and(each(inner, loops));
                };
        return all.and(byRule == null ? itself : asked(byRule, itself));
    }

    /// A question that a rule asks is the one to be asked, unless plan mode forbids it at all.
    private static Decision asked(Decision byRule, Decision itself) {
        return itself instanceof Decision.Deny ? itself : byRule.and(itself);
    }

    private Decision each(List<ShellCommand> commands, boolean loops) {
        Decision all = new Decision.Allow("it runs nothing");
        for (ShellCommand command : commands) {
            all = all.and(command(command, loops));
        }
        return all;
    }

    /// What a command sets for those that it runs.
    private Decision inherits(ShellCommand command) {
        return command.assignments().stream().allMatch(this::maySet)
                ? new Decision.Allow("it runs what follows")
                : ask("it sets " + command.assignments().getFirst().name());
    }

    private boolean maySet(Assignment set) {
        return Variables.harmless(set.name())
                || (mode == Mode.AUTO && !Variables.dangerous(set.name()));
    }

    private Decision redirect(Redirect redirect) {
        Word target = redirect.target();
        if (OPEN_FILES.contains(target.text())) {
            return new Decision.Allow("it is no file of anyone's");
        }
        Optional<List<Path>> files = new WordPlaces(workspace, folders).opened(target);
        if (files.isEmpty()) {
            return ask("it opens a file whose name is not plain");
        }
        Decision all = new Decision.Allow("it opens nothing");
        for (Path file : files.get()) {
            all = all.and(redirect.writes() ? paths.edit(file) : paths.read(file));
        }
        return all;
    }

    private Decision changesFolder(ShellCommand command, boolean loops) {
        WordPlaces places = new WordPlaces(workspace, folders);
        boolean plain = KnownReaders.looks(command) && command.assignments().isEmpty();
        Optional<List<Path>> to =
                plain ? places.of(command.arguments().getFirst()) : Optional.empty();
        if (to.isEmpty() || loops || folders.size() + to.get().size() > MOST_FOLDERS) {
            return ask("it cannot be told which folder it goes to");
        }
        Decision all = new Decision.Allow("it goes to a folder");
        for (Path folder : to.get()) {
            all = all.and(paths.read(folder));
            if (!folders.contains(folder)) {
                folders.add(folder);
            }
        }
        return all;
    }

    private Decision byMode(ShellCommand command) {
        boolean harmless =
                command.assignments().stream().allMatch(set -> Variables.harmless(set.name()));
        boolean looks = harmless && KnownReaders.looks(command) && inItsRepository(command);
        if (looks) {
            return look(command);
        }
        if (mode == Mode.PLAN) {
            return new Decision.Deny(ONLY_LOOKS);
        }
        Hazard hazard = Hazards.of(command);
        if (hazard != null) {
            return new Decision.Ask(
                    command.baseName() + " " + hazard.why(), Suggestions.of(command, true));
        }
        Optional<Special> special = leave.specials(command, folders).stream().findFirst();
        if (special.isPresent()) {
            return new Decision.Ask(special.get().why(), Suggestions.of(command, true));
        }
        if (mode != Mode.AUTO) {
            return new Decision.Ask("no rule allows it", Suggestions.of(command, false));
        }
        for (Assignment set : command.assignments()) {
            if (!maySet(set)) {
                return new Decision.Ask("it sets " + set.name(), Suggestions.of(command, true));
            }
        }
        return new Decision.Allow("the mode auto");
    }

    /// A folder that looks like a repository may name programs that git starts; only the root of
    /// the workspace is the user's own for sure.
    private boolean inItsRepository(ShellCommand command) {
        return !command.name().equals("git") || folders.size() == 1;
    }

    private Decision look(ShellCommand command) {
        WordPlaces places = new WordPlaces(workspace, folders);
        Decision all = new Decision.Allow("it only looks");
        List<Path> looked = new ArrayList<>();
        for (Word word : KnownReaders.files(command)) {
            Optional<List<Path>> files = places.of(word);
            if (files.isEmpty()) {
                return ask("it cannot be told which files it reads");
            }
            looked.addAll(files.get());
        }
        for (Path file : looked) {
            all = all.and(paths.read(file));
        }
        if (all instanceof Decision.Allow && KnownReaders.descends(command)) {
            boolean here = looked.stream().noneMatch(Files::exists);
            boolean hidden = !command.name().equals("rg");
            for (Path folder : here ? folders : looked) {
                Path secret = SecretFiles.under(folder, hidden, workspace);
                if (secret != null) {
                    return ask(workspace.name(secret) + " below may hold secrets");
                }
            }
        }
        return all instanceof Decision.Allow ? all.and(prints(command)) : all;
    }

    /// Commands of git that print what they do not name. A file that is tracked is there for
    /// everybody who has the repository, so one question for each such command is too much, and
    /// none is too little: it is asked only where something is tracked that looks secret and the
    /// command is not narrowed to other files. What only older commits hold is not looked for: that
    /// would take as long as reading all of them.
    private Decision prints(ShellCommand command) {
        GitContents contents = GitContents.of(command).orElse(null);
        String why =
                contents == null ? null : new TrackedSecrets(workspace, folders).shown(contents);
        if (why == null) {
            return new Decision.Allow("it only looks");
        }
        return mode == Mode.PLAN
                ? new Decision.Deny(why + "; name the files that are wanted behind --")
                : new Decision.Ask(why, Suggestions.of(command, false));
    }

    private Decision ask(String why) {
        return mode == Mode.PLAN ? new Decision.Deny(ONLY_LOOKS) : new Decision.Ask(why, List.of());
    }
}
