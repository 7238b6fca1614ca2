package hal0.agent.permission;

import hal0.agent.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Decides about reading and changing files.
record PathJudge(Mode mode, Rules rules, Workspace workspace) {

    Decision read(Path real) {
        return decide(RuleKind.READ, real);
    }

    Decision edit(Path real) {
        return mode == Mode.PLAN
                ? new Decision.Deny("plan mode changes no files")
                : decide(RuleKind.EDIT, real);
    }

    /// The rule that denies to read or to change it.
    Optional<Rule> denying(Path real) {
        return rules.denying(rule ->
                (rule.kind() == RuleKind.READ || rule.kind() == RuleKind.EDIT)
                        && touches(rule, rule.kind(), real));
    }

    Set<Place> places(Path real, boolean edit) {
        Set<Place> places = EnumSet.noneOf(Place.class);
        for (Place place : Place.values()) {
            if (place.holds(real, edit, workspace)) {
                places.add(place);
            }
        }
        return places;
    }

    private Decision decide(RuleKind kind, Path real) {
        Optional<Rule> denies = rules.denying(rule -> touches(rule, kind, real));
        if (denies.isPresent()) {
            return new Decision.Deny("the rule " + denies.get() + " denies it");
        }
        boolean edit = kind == RuleKind.EDIT;
        Set<Place> places = places(real, edit);
        Optional<Rules.Match> match =
                rules.deciding(
                        rule -> touches(rule, kind, real) && names(rule, places, workspace),
                        rule -> touches(rule, kind, real));
        if (match.isPresent() && match.get().allows()) {
            return new Decision.Allow("the rule " + match.get().rule());
        }
        String name = workspace.name(real);
        if (match.isPresent()) {
            return ask("the rule %s asks".formatted(match.get().rule()), kind, name, places);
        }
        if (!places.isEmpty()) {
            Place place = places.iterator().next();
            return ask("%s %s".formatted(name, place.why), kind, name, places);
        }
        boolean free = !edit || mode == Mode.EDIT || mode == Mode.AUTO;
        return free
                ? new Decision.Allow("the mode " + ModeNames.of(mode))
                : ask("no rule allows it", kind, name, places);
    }

    private boolean touches(Rule rule, RuleKind kind, Path real) {
        return rule.kind() == kind
                && switch (rule.scope()) {
                    case Rule.Scope.All _ -> true;
                    case PathPattern pattern -> pattern.matches(real, workspace);
                    case Rule.Scope.Line _, WordPattern _, NamePattern _ -> false;
                };
    }

    private static boolean names(Rule rule, Set<Place> places, Workspace workspace) {
        return rule.scope() instanceof PathPattern pattern
                ? places.stream().allMatch(place -> place.namedBy(pattern, workspace))
                : places.isEmpty();
    }

    private static Decision ask(String why, RuleKind kind, String name, Set<Place> places) {
        List<String> rules = new ArrayList<>();
        boolean plain = !name.contains("*") && name.equals(name.strip());
        if (plain) {
            rules.add("%s(%s)".formatted(kind.word(), name));
            int folder = name.indexOf('/');
            if (places.isEmpty() && folder > 0) {
                rules.add("%s(%s/**)".formatted(kind.word(), name.substring(0, folder)));
            }
        }
        return new Decision.Ask(why, rules);
    }
}
