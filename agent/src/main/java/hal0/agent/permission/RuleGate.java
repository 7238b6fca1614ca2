package hal0.agent.permission;

import hal0.agent.workspace.Workspace;
import hal0.home.IoReason;
import hal0.home.config.ConfigException;
import hal0.providers.http.CancelToken;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Lets calls pass by rules and mode, and asks the user about the rest.
///
/// **Shape** what the user answers for the session holds in this gate; `told` hears what could not
/// be kept for good. **Threads** any; one question is asked at a time, and what it settles holds
/// for those that wait.
public final class RuleGate implements Gate {
    private final Workspace workspace;
    private final Approver approver;
    private final RuleStore store;
    private final Consumer<String> told;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Mode mode;
    private volatile Rules rules;

    public RuleGate(
            Workspace workspace,
            Mode mode,
            Rules rules,
            Approver approver,
            RuleStore store,
            Consumer<String> told) {
        this.workspace = workspace;
        this.mode = mode;
        this.rules = rules;
        this.approver = approver;
        this.store = store;
        this.told = told;
    }

    public Mode mode() {
        return mode;
    }

    /// From now on; a question that is being asked is still answered by the user.
    public void mode(Mode changed) {
        mode = changed;
    }

    /// Those that hold now, with what was answered for the session.
    public Rules rules() {
        return rules;
    }

    /// Other rules, from now on.
    public void rules(UnaryOperator<Rules> change) {
        asking.lock();
        try {
            rules = change.apply(rules);
        } finally {
            asking.unlock();
        }
    }

    @Override
    public Verdict pass(Intent intent, CancelToken cancel) {
        return switch (decided(intent)) {
            case Decision.Allow _ -> new Verdict.Passed();
            case Decision.Deny(var why) -> refused(intent, why);
            case Decision.Ask _ -> inTurn(intent, cancel);
        };
    }

    private Decision decided(Intent intent) {
        return Permissions.decide(intent, mode, rules, workspace);
    }

    private Verdict inTurn(Intent intent, CancelToken cancel) {
        asking.lock();
        try {
            // The question before this one may have settled it.
            return switch (decided(intent)) {
                case Decision.Allow _ -> new Verdict.Passed();
                case Decision.Deny(var why) -> refused(intent, why);
                case Decision.Ask _ when cancel.isCancelled() ->
                        new Verdict.Refused("cancelled before it was allowed", false);
                case Decision.Ask(var why, var suggested) -> asked(intent, why, suggested, cancel);
            };
        } finally {
            asking.unlock();
        }
    }

    private Verdict asked(Intent intent, String why, List<String> suggested, CancelToken cancel) {
        return switch (approver.ask(new Approver.Question(intent, why, suggested), cancel)) {
            case Approver.Answer.Once _ -> new Verdict.Passed();
            case Approver.Answer.Session(var rule) -> {
                forSession(rule);
                yield new Verdict.Passed();
            }
            case Approver.Answer.Always(var rule) -> {
                forSession(rule);
                forGood(rule);
                yield new Verdict.Passed();
            }
            case Approver.Answer.No(var instead) ->
                    new Verdict.Refused(
                            instead == null || instead.isBlank()
                                    ? "the user said no to: " + intent.title()
                                    : "the user said no and wants this instead: " + instead,
                            false);
            case Approver.Answer.Nobody _ -> unasked(intent, why, suggested);
        };
    }

    private void forSession(String rule) {
        try {
            rules = rules.withSession(Rule.parse(rule));
        } catch (IllegalArgumentException e) {
            told.accept("this rule cannot be used: " + e.getMessage());
        }
    }

    private void forGood(String rule) {
        try {
            store.allow(Rule.parse(rule));
        } catch (IOException e) {
            told.accept("the rule %s holds only for now: %s".formatted(rule, IoReason.of(e)));
        } catch (ConfigException | IllegalArgumentException e) {
            told.accept("the rule %s holds only for now: %s".formatted(rule, e.getMessage()));
        }
    }

    private static Verdict refused(Intent intent, String why) {
        return new Verdict.Refused("not allowed: %s (%s)".formatted(intent.title(), why), false);
    }

    private Verdict unasked(Intent intent, String why, List<String> suggested) {
        return new Verdict.Refused(
                "not allowed: %s (%s, and nobody can be asked). %s"
                        .formatted(intent.title(), why, toAllow(intent, suggested)),
                true);
    }

    /// What would help: a project that asks is answered on the command line only.
    private String toAllow(Intent intent, List<String> suggested) {
        for (String rule : suggested) {
            List<Rule> added = List.of(Rule.parse(rule));
            if (!allows(rules.naming(added), intent)) {
                continue;
            }
            return "To allow it: --allow %s%s"
                    .formatted(
                            quoted(rule),
                            allows(rules.allowing(added), intent)
                                    ? " or that rule in [permissions] allow"
                                    : "");
        }
        return "No single rule allows it; do it in smaller steps.";
    }

    private boolean allows(Rules others, Intent intent) {
        return Permissions.decide(intent, mode, others, workspace) instanceof Decision.Allow;
    }

    /// As a shell takes it.
    private static String quoted(String rule) {
        return "'" + rule.replace("'", "'\\''") + "'";
    }
}
