package hal0.relay.mcp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.http.CancelToken;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is kept of what was said.
@Timeout(20)
class MessageStreamTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final CancelToken here = new CancelToken();
    private final MessageStream stream = new MessageStream();

    private MessageStream.Batch after(int who, long number) throws InterruptedException {
        return stream.after(who, number, LONG, here);
    }

    @Test
    void aClientThatDoesNotListenCostsNoMoreThanTheBound() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            stream.add("{}", false);
        }
        var few = after(stream.listen(), 0).messages();
        assertThat(few).hasSize(256);
        assertThat(few.getLast().number()).isEqualTo(10_000);
        stream.add("x".repeat(3 << 20), false);
        stream.add("y".repeat(3 << 20), true);
        var last = after(stream.listen(), 0).messages();
        assertThat(last).as("the answer is never forgotten").hasSize(1);
        assertThat(last.getFirst().answer()).isTrue();
    }

    @Test
    void nothingIsSaidAfterTheAnswer() throws Exception {
        stream.add("answer", true);
        stream.add("late", false);
        var batch = after(stream.listen(), 0);
        assertThat(batch.messages()).hasSize(1);
        assertThat(batch.over()).isTrue();
        assertThat(after(stream.listen(), 1).messages()).isEmpty();
    }

    @Test
    void whoComesLaterTakesOver() throws Exception {
        int first = stream.listen();
        int second = stream.listen();
        stream.add("news", false);
        assertThat(after(first, 0)).isEqualTo(new MessageStream.Batch(List.of(), true));
        assertThat(after(second, 0).messages()).hasSize(1);
        assertThat(stream.delivered()).isOne();
    }

    @Test
    void whoLeavesIsSentAwayAtOnce() throws Exception {
        int who = stream.listen();
        here.cancel("it left");
        assertThat(after(who, 0).messages()).isEmpty();
        assertThat(stream.isEnded()).isFalse();
    }
}
