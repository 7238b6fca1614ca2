package hal0.relay.forward;

import hal0.providers.Provider;
import hal0.providers.message.Protocol;
import hal0.relay.dispatch.Decision;
import hal0.relay.dispatch.RescueRules;
import hal0.relay.dispatch.Target;
import hal0.relay.error.RelayException;
import hal0.relay.operation.Form;
import hal0.relay.operation.Order;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which of the targets of a decision can be asked for an operation.
///
/// **Shape** those that speak OpenAI's API, which is the only one that has these paths; of a form
/// that is not held whole the first of them, once.
final class OperationTargets {
    private OperationTargets() {}

    /// **Errors** [RelayException] `dispatch.dialect` when there is none.
    static Decision of(Order order, Decision decision) {
        List<Target> able = decision.targets().stream().filter(OperationTargets::isAble).toList();
        if (able.isEmpty()) {
            throw refused(order, decision.target());
        }
        RescueRules rules = decision.rules();
        if (!(order.content() instanceof Form form) || form.isAtEnd()) {
            return with(decision, able, shown(rules, rules.retries()));
        }
        Target first = able.getFirst();
        Target once = new Target(first.provider().toBuilder().retries(0).build(), first.model());
        return with(decision, List.of(once), shown(rules, 0));
    }

    /// Nobody goes on with what is no chat.
    private static RescueRules shown(RescueRules rules, @Nullable Integer retries) {
        return new RescueRules(retries, rules.firstToken(), rules.idle(), false);
    }

    private static Decision with(Decision decision, List<Target> targets, RescueRules rules) {
        return new Decision(
                decision.requested(), targets, decision.path(), rules, decision.tried());
    }

    private static boolean isAble(Target target) {
        Provider provider = target.provider();
        return provider.baseUrl().getHost() != null
                && switch (provider.protocol()) {
                    case OPENAI, RESPONSES -> true;
                    case ANTHROPIC, GEMINI -> false;
                };
    }

    private static RelayException refused(Order order, Target target) {
        Provider provider = target.provider();
        String how =
                provider.protocol() == Protocol.GEMINI
                        ? "; Google has it for OpenAI's clients too: declare a provider with compatibility"
                                + " openai-compatible and base_url"
                                + " https://generativelanguage.googleapis.com/v1beta/openai"
                        : "; ask a model of an openai-compatible provider";
        return RelayException.at(
                "model",
                400,
                "dispatch.dialect",
                "%s cannot be asked for %s: only OpenAI's API has that, and %s speaks another%s"
                        .formatted(target, order.operation(), provider.id(), how));
    }
}
