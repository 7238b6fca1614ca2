package hal0.agent.permission;

import hal0.agent.permission.shell.Hazard;
import hal0.agent.permission.shell.Hazards;
import hal0.agent.permission.shell.KnownReaders;
import hal0.agent.permission.shell.Opened;
import hal0.agent.permission.shell.ShellCommand;
import hal0.agent.permission.shell.ShellLine;
import hal0.agent.permission.shell.Variables;
import hal0.agent.permission.shell.Word;
import hal0.agent.permission.shell.Wrappers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What the rules for commands say of a command line and of each command in it.
record CommandRules(Rules rules, PathJudge paths) {

    Optional<Rule> denying(ShellLine line) {
        return rules.denying(rule ->
                rule.kind() == RuleKind.SHELL
                        && (rule.scope() instanceof Rule.Scope.All
                                || isLine(rule, line)
                                || line.commands().stream().anyMatch(c -> touches(rule, c))));
    }

    /// The rule for exactly this line.
    Optional<Rule> wholeLine(ShellLine line) {
        boolean firm = rules.firm().stream().anyMatch(rule -> touchesAny(rule, line));
        return Stream.of(rules.session(), rules.named(), firm ? List.<Rule>of() : rules.allow())
                .flatMap(List::stream)
                .filter(rule -> isLine(rule, line))
                .findFirst();
    }

    private static boolean touchesAny(Rule rule, ShellLine line) {
        return line.commands().stream().anyMatch(command -> touches(rule, command));
    }

    private static boolean isLine(Rule rule, ShellLine line) {
        return rule.kind() == RuleKind.SHELL
                && rule.scope() instanceof Rule.Scope.Line(var text)
                && text.equals(line.text().strip());
    }

    /// What the rules say of a command and of those that it runs; empty when they say nothing.
    Optional<Decision> decide(ShellCommand command, Opened opened, List<Path> folders) {
        Optional<Rule> denied =
                command.words().stream()
                        .flatMap(word -> deniedFiles(word, folders).stream())
                        .findFirst();
        if (denied.isPresent()) {
            return Optional.of(new Decision.Deny("the rule " + denied.get() + " denies it"));
        }
        return rules.deciding(
                        rule -> allows(rule, command, opened, folders),
                        rule -> touches(rule, command))
                .map(match -> decision(match, command));
    }

    private static Decision decision(Rules.Match match, ShellCommand command) {
        return match.allows()
                ? new Decision.Allow("the rule " + match.rule())
                : new Decision.Ask(
                        "the rule %s asks".formatted(match.rule()), Suggestions.of(command, true));
    }

    private List<Rule> deniedFiles(Word word, List<Path> folders) {
        boolean any =
                rules.deny().stream()
                        .anyMatch(r -> r.kind() == RuleKind.READ || r.kind() == RuleKind.EDIT);
        if (!any || word.unknown()) {
            return List.of();
        }
        return new WordPlaces(paths.workspace(), folders)
                .of(word).orElse(List.of()).stream()
                        .flatMap(file -> paths.denying(file).stream())
                        .toList();
    }

    /// Whether a rule that denies or asks means this command, under whatever name and behind
    /// whatever other command.
    private static boolean touches(Rule rule, ShellCommand command) {
        if (rule.kind() != RuleKind.SHELL || command.words().isEmpty()) {
            return false;
        }
        boolean itself =
                switch (rule.scope()) {
                    case Rule.Scope.All _ -> true;
                    case WordPattern pattern ->
                            pattern.matches(command.texts())
                                    || pattern.matches(words(command))
                                    || pattern.matches(byBaseName(command));
                    case Rule.Scope.Line _, PathPattern _, NamePattern _ -> false;
                };
        return itself
                || switch (Wrappers.open(command)) {
                    case Opened.Runs(var inner) -> inner.stream().anyMatch(c -> touches(rule, c));
                    case Opened.AlsoRuns(var inner) ->
                            inner.stream().anyMatch(c -> touches(rule, c));
                    case Opened.MayRun(var inner) ->
                            rule.scope() instanceof WordPattern pattern
                                    && inner.stream().anyMatch(c -> pattern.matches(byBaseName(c)));
                    case Opened.Plain _, Opened.Unknown _ -> false;
                };
    }

    private boolean allows(Rule rule, ShellCommand command, Opened opened, List<Path> folders) {
        if (rule.kind() != RuleKind.SHELL) {
            return false;
        }
        boolean set = command.assignments().stream().allMatch(a -> Variables.harmless(a.name()));
        return switch (rule.scope()) {
            case Rule.Scope.All _ -> set && names(List.of(), command, opened, folders);
            case WordPattern pattern -> {
                boolean written = pattern.matches(command.texts());
                boolean fits = written || (set && pattern.matches(words(command)));
                boolean wholly = pattern.exact() && command.exact();
                yield fits && (wholly || names(pattern.named(), command, opened, folders));
            }
            case Rule.Scope.Line _, PathPattern _, NamePattern _ -> false;
        };
    }

    /// Whether the words of a rule name all that must be named: here and in what the command runs.
    private boolean names(
            List<String> named, ShellCommand command, Opened opened, List<Path> folders) {
        Hazard hazard = Hazards.of(command);
        if (hazard != null && !named.containsAll(hazard.names())) {
            return false;
        }
        for (Special special : specials(command, folders)) {
            String word = special.word().text();
            if (named.stream()
                    .noneMatch(each -> special.place().namedBy(each, word, paths.workspace()))) {
                return false;
            }
        }
        return switch (opened) {
            // Who names `sudo` names what it runs.
            case Opened.Plain _, Opened.MayRun _ -> true;
            case Opened.Unknown _ -> false;
            case Opened.Runs(var inner) -> namesEach(named, inner, folders);
            case Opened.AlsoRuns(var inner) -> namesEach(named, inner, folders);
        };
    }

    private boolean namesEach(List<String> named, List<ShellCommand> inner, List<Path> folders) {
        return inner.stream()
                .allMatch(command ->
                        named.contains(command.name())
                                && command.redirects().isEmpty()
                                && names(named, command, Wrappers.open(command), folders));
    }

    /// The words of a command that name special places.
    List<Special> specials(ShellCommand command, List<Path> folders) {
        WordPlaces places = new WordPlaces(paths.workspace(), folders);
        boolean looks = KnownReaders.looks(command);
        List<Special> all = new ArrayList<>();
        boolean program = true;
        for (Word word : command.words()) {
            boolean first = program;
            program = false;
            if (first && (word.text().indexOf('/') < 0 || isInstalled(word.text()))) {
                continue;
            }
            for (Path file : places.of(word).orElse(List.of())) {
                Set<Place> special = paths.places(file, !looks);
                special.forEach(
                        place -> all.add(new Special(word, place, paths.workspace().name(file))));
            }
        }
        return all;
    }

    private static boolean isInstalled(String program) {
        return program.matches("/(usr/(local/)?)?s?bin/[^/]+");
    }

    private static List<String> words(ShellCommand command) {
        return command.words().stream().map(Word::text).toList();
    }

    private static List<String> byBaseName(ShellCommand command) {
        List<String> all = new ArrayList<>(words(command));
        all.set(0, command.baseName());
        return all;
    }
}
