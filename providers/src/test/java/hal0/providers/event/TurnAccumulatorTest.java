package hal0.providers.event;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.event.StreamEvent.Done;
import hal0.providers.event.StreamEvent.RedactedThinking;
import hal0.providers.event.StreamEvent.Started;
import hal0.providers.event.StreamEvent.TextDelta;
import hal0.providers.event.StreamEvent.ThinkingDelta;
import hal0.providers.event.StreamEvent.ThinkingSignature;
import hal0.providers.event.StreamEvent.ToolCallDelta;
import hal0.providers.event.StreamEvent.UsageReport;
import hal0.providers.message.Part;
import org.junit.jupiter.api.Test;

class TurnAccumulatorTest {
    private final TurnAccumulator turn = new TurnAccumulator();

    private void add(StreamEvent... events) {
        for (StreamEvent event : events) {
            turn.add(event);
        }
    }

    @Test
    void partsKeepTheirOrderAndThoughtsTheirProof() {
        add(
                new Started("1", "m"),
                new ThinkingDelta("Let"),
                new ThinkingDelta(" me"),
                new ThinkingSignature("sig"),
                new RedactedThinking("data"),
                new TextDelta("Hel"),
                new TextDelta("lo"),
                new ToolCallDelta(0, "c", "ls", ""),
                new Done(StopReason.TOOL_CALLS));
        assertThat(turn.message().parts())
                .containsExactly(
                        new Part.Thinking("Let me", "sig"),
                        new Part.RedactedThinking("data"),
                        new Part.Text("Hello"),
                        new Part.ToolCall("c", "ls", "{}"));
        assertThat(turn.reason()).isEqualTo(StopReason.TOOL_CALLS);
    }

    @Test
    void parallelCallsInterleaveAndLateNamesArrive() {
        add(
                new TextDelta("a"),
                new ToolCallDelta(1, null, null, "{\"x\""),
                new ToolCallDelta(0, "c0", "f", "{"),
                new ToolCallDelta(1, "c1", "g", ":1}"),
                new ToolCallDelta(0, null, null, "}"),
                new TextDelta("b"));
        assertThat(turn.message().parts())
                .containsExactly(
                        new Part.Text("a"),
                        new Part.ToolCall("c0", "f", "{}"),
                        new Part.ToolCall("c1", "g", "{\"x\":1}"),
                        new Part.Text("b"));
    }

    @Test
    void aCallWithoutAnIdGetsOne() {
        add(new ToolCallDelta(2, null, "f", "{}"));
        assertThat(turn.message().parts()).containsExactly(new Part.ToolCall("call_2", "f", "{}"));
    }

    @Test
    void theLatestUsageCounts() {
        assertThat(turn.counted()).isFalse();
        add(new UsageReport(Usage.of(1, 1)), new UsageReport(Usage.of(1, 9)));
        assertThat(turn.usage()).isEqualTo(Usage.of(1, 9));
        assertThat(turn.counted()).isTrue();
    }

    @Test
    void aBrokenOffTurnGivesWhatHadCome() {
        assertThat(turn.message().parts()).isEmpty();
        add(new ThinkingDelta("hm"));
        assertThat(turn.message().parts()).containsExactly(new Part.Thinking("hm", null));
        add(new TextDelta("so"));
        assertThat(turn.message().parts())
                .containsExactly(new Part.Thinking("hm", null), new Part.Text("so"));
        assertThat(turn.reason()).isNull();
    }
}
