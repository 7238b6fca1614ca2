package hal0.agent;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.message.Part;
import org.junit.jupiter.api.Test;

class RepetitionTest {
    private static final Part.ToolCall TESTS =
            new Part.ToolCall("1", "shell", "{\"command\":\"make test\"}", null);
    private static final Part.ToolCall EDIT = new Part.ToolCall("2", "edit", "{}", null);
    private static final Part.ToolCall OTHER =
            new Part.ToolCall("3", "shell", "{\"command\":\"sed -i s/a/b/ x\"}", null);

    final Repetition repetition = new Repetition();

    @Test
    void theSameFailureThreeTimesIsBeingStuck() {
        repetition.failed(TESTS);
        repetition.failed(EDIT);
        repetition.failed(TESTS);
        assertThat(repetition.stuck()).isEmpty();
        repetition.failed(TESTS);
        assertThat(repetition.stuck())
                .contains("the same call of shell failed 3 times, so the turn was ended");
    }

    @Test
    void testsThatStillFailAfterEachEditAreNot() {
        for (int i = 0; i < 5; i++) {
            repetition.failed(TESTS);
            repetition.succeeded(EDIT, true);
        }
        for (int i = 0; i < 5; i++) {
            repetition.failed(TESTS);
            repetition.succeeded(OTHER, false);
        }
        assertThat(repetition.stuck()).isEmpty();
    }

    @Test
    void readingBetweenFailuresDoesNotHideThem() {
        for (int i = 0; i < 3; i++) {
            repetition.failed(EDIT);
            repetition.succeeded(OTHER, false);
        }
        assertThat(repetition.stuck()).isPresent();
    }
}
