package hal0.relay.rescue;

import static hal0.relay.rescue.Failures.badStream;
import static hal0.relay.rescue.Failures.cancelled;
import static hal0.relay.rescue.Failures.forbidden;
import static hal0.relay.rescue.Failures.limited;
import static hal0.relay.rescue.Failures.misconfigured;
import static hal0.relay.rescue.Failures.overBudget;
import static hal0.relay.rescue.Failures.overloaded;
import static hal0.relay.rescue.Failures.rejected;
import static hal0.relay.rescue.Failures.timedOut;
import static hal0.relay.rescue.Failures.unauthenticated;
import static hal0.relay.rescue.Failures.unknownModel;
import static hal0.relay.rescue.Failures.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.error.Clock;
import hal0.providers.error.ProviderException;
import hal0.relay.rescue.RescueRule.Choice;
import hal0.relay.rescue.RescueRule.Situation;
import hal0.relay.rescue.RescueRule.Step;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RescueRuleTest {
    private static final Choice FREE = new Choice(false, null);
    private static final Choice CLOSED_OFF = new Choice(true, null);
    private static final Step AGAIN = new Step.SameAgain(null);
    private static final Step NEXT = new Step.Next(1);
    private static final Step GIVE_UP = new Step.GiveUp();
    private static final Step KEY = new Step.OtherKey();

    /// Each failure: with a repeat left, without one, with another key, and without a target left.
    static Stream<Arguments> table() {
        Duration ten = Duration.ofSeconds(10);
        Duration eleven = Duration.ofSeconds(11);
        return Stream.of(
                row("unreachable", unreachable(), AGAIN, NEXT, AGAIN, GIVE_UP),
                row("no connection in time", timedOut(Clock.CONNECT), AGAIN, NEXT, AGAIN, GIVE_UP),
                row("not an answer", badStream(), AGAIN, NEXT, AGAIN, GIVE_UP),
                row("408", overloaded(408, null), AGAIN, NEXT, AGAIN, GIVE_UP),
                row("409", overloaded(409, null), AGAIN, NEXT, AGAIN, GIVE_UP),
                row("500", overloaded(500, null), AGAIN, NEXT, AGAIN, GIVE_UP),
                row("503 in 10 s", overloaded(503, ten), after(ten), NEXT, after(ten), GIVE_UP),
                row("503 in 11 s", overloaded(503, eleven), NEXT, NEXT, NEXT, GIVE_UP),
                row("501", overloaded(501, null), NEXT, NEXT, NEXT, GIVE_UP),
                row("508", overloaded(508, null), NEXT, NEXT, NEXT, GIVE_UP),
                row("429", limited(null), AGAIN, NEXT, KEY, GIVE_UP),
                row("429 in 10 s", limited(ten), after(ten), NEXT, KEY, GIVE_UP),
                row("429 in 11 s", limited(eleven), NEXT, NEXT, KEY, GIVE_UP),
                row("401", unauthenticated(), NEXT, NEXT, KEY, GIVE_UP),
                row("403", forbidden("not yours"), NEXT, NEXT, NEXT, GIVE_UP),
                row(
                        "403 for what is said",
                        forbidden("the chosen model requires moderation"),
                        GIVE_UP,
                        GIVE_UP,
                        GIVE_UP,
                        GIVE_UP),
                row("404", unknownModel(), NEXT, NEXT, NEXT, GIVE_UP),
                row("404 of a page", rejected(404, null), NEXT, NEXT, NEXT, GIVE_UP),
                row("a redirect", rejected(307, "redirect"), NEXT, NEXT, NEXT, GIVE_UP),
                row("cannot be told", rejected(0, "unsupported"), NEXT, NEXT, NEXT, GIVE_UP),
                row("no first token", timedOut(Clock.FIRST_TOKEN), NEXT, NEXT, NEXT, GIVE_UP),
                row("stalled", timedOut(Clock.IDLE), NEXT, NEXT, NEXT, GIVE_UP),
                row("too long in all", timedOut(Clock.TOTAL), NEXT, NEXT, NEXT, GIVE_UP),
                row("declared wrongly", misconfigured(), NEXT, NEXT, NEXT, GIVE_UP),
                row("400", rejected(400, null), GIVE_UP, GIVE_UP, GIVE_UP, GIVE_UP),
                row("content", rejected(400, "content_filter"), GIVE_UP, GIVE_UP, GIVE_UP, GIVE_UP),
                row("413", rejected(413, null), GIVE_UP, GIVE_UP, GIVE_UP, GIVE_UP),
                row("422", rejected(422, null), GIVE_UP, GIVE_UP, GIVE_UP, GIVE_UP),
                row("cancelled", cancelled(), GIVE_UP, GIVE_UP, GIVE_UP, GIVE_UP),
                row("no money", overBudget(), GIVE_UP, GIVE_UP, GIVE_UP, GIVE_UP));
    }

    private static Arguments row(String name, ProviderException failure, Step... steps) {
        return Arguments.of(name, failure, List.of(steps));
    }

    private static Step after(Duration delay) {
        return new Step.SameAgain(delay);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void whatFollowsAFailure(String name, ProviderException failure, List<Step> steps) {
        List<Choice> two = List.of(FREE, FREE);
        assertThat(RescueRule.after(failure, new Situation(two, 0, 0, 1, false)))
                .as("with a repeat left")
                .isEqualTo(steps.get(0));
        assertThat(RescueRule.after(failure, new Situation(two, 0, 1, 1, false)))
                .as("without a repeat")
                .isEqualTo(steps.get(1));
        assertThat(RescueRule.after(failure, new Situation(two, 0, 0, 1, true)))
                .as("with another key")
                .isEqualTo(steps.get(2));
        assertThat(RescueRule.after(failure, new Situation(two, 1, 1, 1, false)))
                .as("at the last target")
                .isEqualTo(steps.get(3));
    }

    @Test
    void aTargetThatIsClosedOffIsPassedOver() {
        List<Choice> choices = List.of(FREE, CLOSED_OFF, FREE);

        assertThat(RescueRule.after(unknownModel(), new Situation(choices, 0, 0, 2, false)))
                .isEqualTo(new Step.Next(2));
        assertThat(
                        RescueRule.after(
                                unknownModel(),
                                new Situation(List.of(FREE, CLOSED_OFF), 0, 0, 2, false)))
                .isEqualTo(GIVE_UP);
    }

    @Test
    void aTargetWhoseBreakerOpenedMeanwhileIsNotRepeated() {
        List<Choice> choices = List.of(CLOSED_OFF, FREE);

        assertThat(RescueRule.after(unreachable(), new Situation(choices, 0, 0, 2, false)))
                .isEqualTo(NEXT);
    }

    @Test
    void aRequestThatIsTooLongGoesToTheNextThatIsKnownToReadMore() {
        ProviderException tooLong = rejected(400, "context_length_exceeded");
        Choice small = new Choice(false, 8_000L);
        Choice large = new Choice(false, 100_000L);
        Choice largeButOff = new Choice(true, 100_000L);

        assertThat(
                        RescueRule.after(
                                tooLong,
                                new Situation(
                                        List.of(small, FREE, small, largeButOff, large),
                                        0,
                                        0,
                                        2,
                                        false)))
                .isEqualTo(new Step.Next(4));
        assertThat(RescueRule.after(tooLong, new Situation(List.of(FREE, large), 0, 0, 2, false)))
                .as("nobody knows how much this one reads")
                .isEqualTo(GIVE_UP);
    }
}
