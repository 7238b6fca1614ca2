package hal0.agent.permission;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The rules that hold: the user's, a project's and those of a session.
///
/// **Shape** `deny` comes first. `firm` are questions that no rule of the configuration answers: a
/// project's. Of `allow` and `ask` the rule that says more is meant, and at the same length `ask`.
/// `session` is what the user answered while it lasts; it goes before questions. **Threads** any.
public record Rules(
        List<Rule> deny, List<Rule> firm, List<Rule> session, List<Rule> allow, List<Rule> ask) {
    public static final Rules NONE =
            new Rules(List.of(), List.of(), List.of(), List.of(), List.of());

    public Rules {
        deny = List.copyOf(deny);
        firm = List.copyOf(firm);
        session = List.copyOf(session);
        allow = List.copyOf(allow);
        ask = List.copyOf(ask);
    }

    /// What the user configured.
    public static Rules of(List<Rule> allow, List<Rule> ask, List<Rule> deny) {
        return new Rules(deny, List.of(), List.of(), allow, ask);
    }

    /// Rules that allow everything but this: for who may only take away.
    public static Rules allBut(List<Rule> ask, List<Rule> deny) {
        List<Rule> all =
                Arrays.stream(RuleKind.values()).map(kind -> Rule.parse(kind.word())).toList();
        return of(all, ask, deny);
    }

    /// With rules that only take away: a project's, or those of a sub-agent.
    public Rules stricter(List<Rule> moreAsk, List<Rule> moreDeny) {
        return new Rules(joined(deny, moreDeny), joined(firm, moreAsk), session, allow, ask);
    }

    /// With what the user allowed beside the configuration: on the command line, say.
    public Rules allowing(List<Rule> more) {
        return new Rules(deny, firm, session, joined(allow, more), ask);
    }

    Rules withSession(Rule rule) {
        return new Rules(deny, firm, joined(session, List.of(rule)), allow, ask);
    }

    Optional<Rule> denying(Predicate<Rule> fits) {
        return deny.stream().filter(fits).findFirst();
    }

    /// The rule that decides where none denies: one of `allow` or `session`, or one that asks;
    /// empty where none fits. `fits` is asked for rules that allow, `touches` for those that ask.
    Optional<Match> deciding(Predicate<Rule> fits, Predicate<Rule> touches) {
        Optional<Rule> answered = session.stream().filter(fits).findFirst();
        if (answered.isPresent()) {
            return answered.map(rule -> new Match(rule, true));
        }
        Optional<Rule> firmly = firm.stream().filter(touches).findFirst();
        if (firmly.isPresent()) {
            return firmly.map(rule -> new Match(rule, false));
        }
        Optional<Rule> allowing = longest(allow, fits);
        Optional<Rule> asking = longest(ask, touches);
        boolean asks =
                asking.isPresent()
                        && (allowing.isEmpty() || asking.get().weight() >= allowing.get().weight());
        return asks
                ? asking.map(rule -> new Match(rule, false))
                : allowing.map(rule -> new Match(rule, true));
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
