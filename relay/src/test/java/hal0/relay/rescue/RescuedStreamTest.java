package hal0.relay.rescue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.providers.ChatStream;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.StreamEvent.Done;
import hal0.providers.event.StreamEvent.Started;
import hal0.providers.event.StreamEvent.TextDelta;
import hal0.providers.event.StreamEvent.ThinkingDelta;
import hal0.providers.event.StreamEvent.ThinkingSignature;
import hal0.providers.event.StreamEvent.ToolCallDelta;
import hal0.providers.event.StreamEvent.UsageReport;
import hal0.providers.event.Usage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RescuedStreamTest {
    private static final Done END = new Done(StopReason.END);
    private static final ProviderException CUT = Failures.badStream();

    @Test
    void anotherAnswerThatSaysTheSameGoesOnWithoutSayingItTwice() {
        Script first = new Script(new Started("1", "m"), text("The quick "), text("brown"), CUT);
        Script second =
                new Script(
                        new Started("2", "n"),
                        text("The quick bro"),
                        text("wn fox"),
                        new UsageReport(Usage.of(3, 4)),
                        END);

        assertThat(read(first, second))
                .containsExactly(
                        new Started("1", "m"),
                        text("The quick "),
                        text("brown"),
                        text(" fox"),
                        new UsageReport(Usage.of(3, 4)),
                        END);
        assertThat(first.closed).isTrue();
    }

    @Test
    void theFirstFailureIsToldWhenTheOtherSaysSomethingElse() {
        Script second = new Script(text("A slow red "), text("fox"), END);

        assertThatThrownBy(() -> read(new Script(text("The quick"), CUT), second)).isSameAs(CUT);
        assertThat(second.closed).isTrue();
    }

    @Test
    void anAnswerThatEndsBeforeWhatWasShownIsAnother() {
        assertThatThrownBy(() ->
                        read(new Script(text("The quick"), CUT), new Script(text("The"), END)))
                .isSameAs(CUT);
    }

    @Test
    void anAnswerThatBrokeOffJustBeforeItsEndGetsItsEnd() {
        assertThat(read(new Script(text("Done."), CUT), new Script(text("Done."), END)))
                .containsExactly(text("Done."), END);
    }

    @Test
    void noneGoesOnOnceAToolCallHasBegun() {
        ToolCallDelta call = new ToolCallDelta(0, "c", "run", "{");

        assertThatThrownBy(() -> read(new Script(text("So:"), call, CUT), new Script()))
                .isSameAs(CUT);
    }

    @Test
    void aToolCallThatTheOtherMakesInsteadIsAnotherAnswer() {
        Script second = new Script(text("The"), new ToolCallDelta(0, "c", "run", "{}"), END);

        assertThatThrownBy(() -> read(new Script(text("The quick"), CUT), second)).isSameAs(CUT);
    }

    @Test
    void whatTheOtherThinksFirstIsNotShownBehindWords() {
        Script second =
                new Script(
                        new ThinkingDelta("hm"),
                        new ThinkingSignature("s"),
                        text("The quick fox"),
                        END);

        assertThat(read(new Script(text("The quick"), CUT), second))
                .containsExactly(text("The quick"), text(" fox"), END);
    }

    @Test
    void thoughtsThatWereShownMustComeAgain() {
        Script same = new Script(new ThinkingDelta("I think it is"), text("Yes"), END);
        assertThat(read(new Script(new ThinkingDelta("I think"), CUT), same))
                .containsExactly(
                        new ThinkingDelta("I think"),
                        new ThinkingDelta(" it is"),
                        text("Yes"),
                        END);

        Script other = new Script(text("Yes"), END);
        assertThatThrownBy(() -> read(new Script(new ThinkingDelta("I think"), CUT), other))
                .isSameAs(CUT);
    }

    @Test
    void thoughtsThatWereWholeAreNotThoughtAgain() {
        Script first = new Script(new ThinkingDelta("hm"), new ThinkingSignature("s"), CUT);
        Script second = new Script(new ThinkingDelta("well"), text("Yes"), END);

        assertThat(read(first, second))
                .containsExactly(
                        new ThinkingDelta("hm"), new ThinkingSignature("s"), text("Yes"), END);
    }

    @Test
    void whereNothingWasShownYetAllOfTheOtherIs() {
        Script second =
                new Script(new Started("2", "n"), new ThinkingDelta("hm"), text("Yes"), END);

        assertThat(read(new Script(new Started("1", "m"), CUT), second))
                .containsExactly(new Started("1", "m"), new ThinkingDelta("hm"), text("Yes"), END);
    }

    @Test
    void oneThatGoesOnMayBreakOffToo() {
        Script third = new Script(text("one two three four"), END);

        assertThat(
                        read(
                                new Script(text("one"), CUT),
                                new Script(text("one two"), Failures.unreachable()),
                                third))
                .containsExactly(text("one"), text(" two"), text(" three four"), END);
    }

    @Test
    void aContinuationOfWhatWasShownLosesOnlyTheSpaceThatStandsThere() {
        Shown shown = new Shown();
        shown.add(text("The quick "));
        Rest rest = Rest.continued(new Script(text(" brown"), text(" fox"), END), shown);

        assertThat(rest.begins()).isTrue();
        assertThat(all(rest)).containsExactly(text("brown"), text(" fox"), END);
        assertThat(Rest.prefill(shown)).singleElement().hasToString(message("The quick"));
    }

    @Test
    void aCancelIsNotRescued() {
        ProviderException cancelled = Failures.cancelled();

        assertThatThrownBy(
                        () -> read(new Script(text("a"), cancelled), new Script(text("ab"), END)))
                .isSameAs(cancelled);
    }

    private static String message(String text) {
        return hal0.providers.message.Message.assistant(text).toString();
    }

    private static TextDelta text(String piece) {
        return new TextDelta(piece);
    }

    private static List<StreamEvent> read(Script first, Script... others) {
        Deque<Script> left = new ArrayDeque<>(List.of(others));
        Continuation continuation =
                new Continuation() {
                    @Override
                    public boolean isAllowed() {
                        return true;
                    }

                    @Override
                    public void broke(ProviderException failure) {
                        throw new AssertionError("another was to be asked for");
                    }

                    @Override
                    public @Nullable ChatStream after(ProviderException failure, Shown shown) {
                        if (!MidstreamRule.isPossible(failure, shown) || left.isEmpty()) {
                            return null;
                        }
                        Rest rest = Rest.afresh(left.removeFirst(), shown);
                        if (rest.begins()) {
                            return rest;
                        }
                        rest.close();
                        return null;
                    }
                };
        return all(new RescuedStream(first, continuation));
    }

    private static List<StreamEvent> all(ChatStream stream) {
        List<StreamEvent> events = new ArrayList<>();
        for (StreamEvent event = stream.next(); event != null; event = stream.next()) {
            events.add(event);
        }
        return events;
    }

    /// Events in their order, and failures to throw.
    private static final class Script implements ChatStream {
        private final Deque<Object> steps;
        private boolean closed;

        Script(Object... steps) {
            this.steps = new ArrayDeque<>(List.of(steps));
        }

        @Override
        public @Nullable StreamEvent next() {
            return switch (steps.poll()) {
                case null -> null;
                case ProviderException failure -> throw failure;
                case StreamEvent event -> event;
                case Object other -> throw new AssertionError(other);
            };
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
