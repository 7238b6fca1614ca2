package hal0.relay.route;

import hal0.providers.ModelInfo;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import hal0.relay.answer.Question;
import hal0.relay.budget.TokenEstimate;
import hal0.relay.dispatch.Decision;
import hal0.relay.dispatch.Meter;
import hal0.relay.dispatch.Target;
import hal0.relay.error.RelayException;
import hal0.relay.guard.Principal;
import hal0.relay.key.Claim;
import hal0.relay.key.Limits;
import java.math.BigDecimal;

/// Whether who asks may ask that model for that much, once it is known where the request goes.
///
/// **Errors** [RelayException]: 403 for a model, 429 and 402 for the amount.
public final class KeyCheck {
    /// What an answer is taken for where neither the request nor the model says how long it may be.
    private static final long USUAL_ANSWER = 4096;

    private static final Claim NOTHING = new Claim(0, 0, BigDecimal.ZERO, BigDecimal.ZERO);

    private final Limits limits;
    private final Meter.Pricing pricing;

    public KeyCheck(Limits limits, Meter.Pricing pricing) {
        this.limits = limits;
        this.pricing = pricing;
    }

    /// Refuses a model that the key is not for. A name may lead to several: where the name itself
    /// is not allowed, each of them must be.
    void model(Principal who, Decision decision) {
        String name = decision.requested();
        boolean allowed =
                who.allowance().names(name)
                        || decision.targets().stream()
                                .allMatch(target ->
                                        who.allowance()
                                                .allows(
                                                        name,
                                                        target.provider().id(),
                                                        target.model()));
        if (!allowed) {
            throw RelayException.at(
                    "model",
                    403,
                    "guard.model",
                    "the key \"%s\" may not ask for %s; it is for %s"
                            .formatted(
                                    who.name(),
                                    name.isEmpty() ? decision.target() : "\"" + name + "\"",
                                    String.join(", ", who.allowance().models())));
        }
    }

    /// Holds what the request may come to.
    Limits.Hold hold(Principal who, Question question, Target target) {
        if (!limits.holdsFor(who)) {
            return limits.hold(who, NOTHING);
        }
        long asked = TokenEstimate.of(question.body());
        return hold(who, target, asked, longest(question, target));
    }

    /// The same for a request whose tokens are known otherwise.
    Limits.Hold hold(Principal who, Target target, long asked, long answer) {
        return limits.hold(
                who,
                new Claim(
                        asked, asked + answer, usd(target, asked, 0), usd(target, asked, answer)));
    }

    private BigDecimal usd(Target target, long input, long output) {
        Cost cost = pricing.cost(target.provider(), target.model(), Usage.of(input, output));
        return cost instanceof Cost.Usd(BigDecimal amount) ? amount : BigDecimal.ZERO;
    }

    private static long longest(Question question, Target target) {
        try {
            Integer asked = question.neutral().request().options().maxTokens();
            if (asked != null) {
                return asked;
            }
        } catch (InvalidRequestException e) {
            // What it says is the provider's to judge; only its length is not known then.
        }
        Long most =
                target.provider()
                        .findModel(target.model())
                        .map(ModelInfo::maxOutputTokens)
                        .orElse(null);
        return most == null ? USUAL_ANSWER : Math.min(most, USUAL_ANSWER);
    }
}
