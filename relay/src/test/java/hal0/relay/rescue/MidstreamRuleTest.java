package hal0.relay.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.error.Clock;
import hal0.providers.event.StreamEvent;
import hal0.relay.rescue.MidstreamRule.Situation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MidstreamRuleTest {

    @Test
    void thoseBehindAreAskedThenTheOneThatBrokeOffOnce() {
        assertThat(order(3, 0)).containsExactly(1, 2, 0);
        assertThat(order(3, 1)).containsExactly(2, 1);
        assertThat(order(3, 2)).containsExactly(2);
        assertThat(order(1, 0)).containsExactly(0);
    }

    private static List<Integer> order(int targets, int brokeOff) {
        List<Integer> order = new ArrayList<>();
        int asked = MidstreamRule.NOBODY;
        do {
            asked = MidstreamRule.next(new Situation(targets, brokeOff, asked));
            if (asked != MidstreamRule.NOBODY) {
                order.add(asked);
            }
        } while (asked != MidstreamRule.NOBODY);
        return order;
    }

    @Test
    void whatBrokeOffByNobodysWishMayGoOn() {
        Shown words = new Shown();
        words.add(new StreamEvent.TextDelta("a"));

        assertThat(MidstreamRule.isPossible(Failures.badStream(), words)).isTrue();
        assertThat(MidstreamRule.isPossible(Failures.timedOut(Clock.IDLE), words)).isTrue();
        assertThat(MidstreamRule.isPossible(Failures.overloaded(529, null), words)).isTrue();
        assertThat(MidstreamRule.isPossible(Failures.rejected(400, "content_filter"), words))
                .isFalse();
        assertThat(MidstreamRule.isPossible(Failures.cancelled(), words)).isFalse();
    }

    @Test
    void aToolCallThatBeganCannotBeContinued() {
        Shown call = new Shown();
        call.add(new StreamEvent.ToolCallDelta(0, "c", "run", ""));

        assertThat(MidstreamRule.isPossible(Failures.badStream(), call)).isFalse();
    }

    @Test
    void whatWasShownIsRememberedInOnePieceOfEachKind() {
        Shown shown = new Shown();
        shown.add(new StreamEvent.Started("1", "m"));
        for (String piece : List.of("a", "b", "c")) {
            shown.add(new StreamEvent.ThinkingDelta(piece));
        }
        for (String piece : List.of("d", "e")) {
            shown.add(new StreamEvent.TextDelta(piece));
        }

        assertThat(shown.events())
                .containsExactly(
                        new StreamEvent.Started("1", "m"),
                        new StreamEvent.ThinkingDelta("abc"),
                        new StreamEvent.TextDelta("de"));
        assertThat(shown.text()).isEqualTo("de");
    }
}
