package hal0.agent.permission;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// The rules that hold: the user's, a project's and those of a session.
///
/// **Shape** `deny` comes first. `firm` are questions that no rule of the configuration answers: a
/// project's. `named` is what the user allowed on the command line: it answers those, and at the
/// same length those of the user. Of `allow` and `ask` the rule that says more is meant, and at the
/// same length `ask`. `session` is what the user answered while it lasts; it goes before questions.
/// **Threads** any.
public record Rules(
        List<Rule> deny,
        List<Rule> firm,
        List<Rule> session,
        List<Rule> named,
        List<Rule> allow,
        List<Rule> ask) {
    public static final Rules NONE =
            new Rules(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public Rules {
        deny = List.copyOf(deny);
        firm = List.copyOf(firm);
        session = List.copyOf(session);
        named = List.copyOf(named);
        allow = List.copyOf(allow);
        ask = List.copyOf(ask);
    }

    /// What the user configured.
    public static Rules of(List<Rule> allow, List<Rule> ask, List<Rule> deny) {
        return new Rules(deny, List.of(), List.of(), List.of(), allow, ask);
    }

    /// Rules that allow everything but this: for who may only take away.
    public static Rules allBut(List<Rule> ask, List<Rule> deny) {
        List<Rule> all =
                Arrays.stream(RuleKind.values()).map(kind -> Rule.parse(kind.word())).toList();
        return of(all, List.of(), List.of()).stricter(ask, deny);
    }

    /// With rules that only take away: a project's, or those of a sub-agent.
    public Rules stricter(List<Rule> moreAsk, List<Rule> moreDeny) {
        return new Rules(joined(deny, moreDeny), joined(firm, moreAsk), session, named, allow, ask);
    }

    /// With what is allowed beside the configuration.
    public Rules allowing(List<Rule> more) {
        return new Rules(deny, firm, session, named, joined(allow, more), ask);
    }

    /// With what the user allowed on the command line.
    public Rules naming(List<Rule> more) {
        return new Rules(deny, firm, session, joined(named, more), allow, ask);
    }

    /// With another rule in one of the lists `deny`, `session`, `allow`, `ask`.
    public Rules with(String list, Rule rule) {
        return changed(list, rules -> joined(rules, List.of(rule)));
    }

    /// Without a rule in one of these lists.
    public Rules without(String list, String rule) {
        return changed(
                list, rules -> rules.stream().filter(each -> !each.text().equals(rule)).toList());
    }

    private Rules changed(String list, UnaryOperator<List<Rule>> change) {
        return switch (list) {
            case "deny" -> new Rules(change.apply(deny), firm, session, named, allow, ask);
            case "session" -> new Rules(deny, firm, change.apply(session), named, allow, ask);
            case "allow" -> new Rules(deny, firm, session, named, change.apply(allow), ask);
            case "ask" -> new Rules(deny, firm, session, named, allow, change.apply(ask));
            default -> throw new IllegalArgumentException("there is no list " + list);
        };
    }

    Rules withSession(Rule rule) {
        return new Rules(deny, firm, joined(session, List.of(rule)), named, allow, ask);
    }

    Optional<Rule> denying(Predicate<Rule> fits) {
        return deny.stream().filter(fits).findFirst();
    }

    /// The rule that decides where none denies: one that allows, or one that asks; empty where none
    /// fits. `fits` is asked for rules that allow, `touches` for those that ask.
    Optional<Match> deciding(Predicate<Rule> fits, Predicate<Rule> touches) {
        Optional<Rule> answered = session.stream().filter(fits).findFirst();
        if (answered.isPresent()) {
            return answered.map(rule -> new Match(rule, true));
        }
        Optional<Rule> byName = longest(named, fits);
        Optional<Rule> firmly = firm.stream().filter(touches).findFirst();
        if (firmly.isPresent() && byName.isEmpty()) {
            return firmly.map(rule -> new Match(rule, false));
        }
        Optional<Rule> asking = longest(ask, touches);
        if (byName.isPresent() && weight(byName) >= weight(asking)) {
            return byName.map(rule -> new Match(rule, true));
        }
        Optional<Rule> allowing = longest(allow, fits);
        return weight(asking) >= weight(allowing)
                ? asking.map(rule -> new Match(rule, false))
                : allowing.map(rule -> new Match(rule, true));
    }

    private static int weight(Optional<Rule> rule) {
        return rule.map(Rule::weight).orElse(-1);
    }

    /// A rule that decides, and whether it allows.
    record Match(Rule rule, boolean allows) {}

    private static Optional<Rule> longest(List<Rule> rules, Predicate<Rule> fits) {
        return rules.stream().filter(fits).max(Comparator.comparingInt(Rule::weight));
    }

    private static List<Rule> joined(List<Rule> first, List<Rule> second) {
        List<Rule> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
