package hal0.slots.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOAD = Duration.ofMinutes(10);

    private static Silence after(int inVain) {
        Silence silence = Silence.NONE;
        for (int i = 0; i < inVain; i++) {
            silence = silence.left(PATIENCE, PATIENCE);
        }
        return silence;
    }

    @Test
    void impatientClientsTellNothing() {
        Silence silence = Silence.NONE;
        for (int i = 0; i < 100; i++) {
            silence = silence.left(PATIENCE.minusMillis(1), PATIENCE);
        }
        assertThat(silence.isSuspicious()).isFalse();
    }

    @Test
    void twoRequestsInVainAreNoSuspicionAndThreeAre() {
        assertThat(after(2).isSuspicious()).isFalse();
        assertThat(after(3).isSuspicious()).isTrue();
    }

    @Test
    void suspicionAloneEndsNothing() {
        assertThat(after(50).isHopeless(true, LOAD)).isFalse();
    }

    @Test
    void serverThatDoesNotAnswerUsThoughNobodyElseAsksIsGivenUp() {
        assertThat(after(3).unanswered(PATIENCE).isHopeless(true, LOAD)).isTrue();
    }

    @Test
    void serverThatOthersKeepBusyHasAsLongAsForALoad() {
        Silence silence = after(3);
        for (int i = 1; i < 20; i++) {
            silence = silence.unanswered(PATIENCE);
            assertThat(silence.isHopeless(false, LOAD)).as("after %d questions", i).isFalse();
        }
        assertThat(silence.unanswered(PATIENCE).isHopeless(false, LOAD)).isTrue();
    }

    @Test
    void answerDuringAQuestionOfOursEndsTheSuspicion() {
        Answers answers = new Answers(() -> 0, Duration.ZERO);
        for (int i = 0; i < 3; i++) {
            answers.asked().close();
        }
        assertThat(answers.silence().isSuspicious()).isTrue();
        try (Answers.Asked asked = answers.asked()) {
            asked.answered();
            answers.unanswered(PATIENCE);
        }
        assertThat(answers.silence()).isEqualTo(Silence.NONE);
    }
}
