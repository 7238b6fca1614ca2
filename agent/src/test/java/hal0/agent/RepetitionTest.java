package hal0.agent;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.tool.ToolOutcome;
import hal0.providers.message.Part;
import org.junit.jupiter.api.Test;

class RepetitionTest {
    private static final Part.ToolCall TESTS =
            new Part.ToolCall("1", "shell", "{\"command\":\"make test\"}", null);
    private static final Part.ToolCall EDIT = new Part.ToolCall("2", "edit", "{}", null);
    private static final Part.ToolCall OTHER =
            new Part.ToolCall("3", "shell", "{\"command\":\"sed -i s/a/b/ x\"}", null);

    private static final ToolOutcome FAILED = ToolOutcome.failed("2 tests failed");
    private static final ToolOutcome CHANGED = ToolOutcome.changed("changed", "+a");
    private static final ToolOutcome DONE = ToolOutcome.of("done");

    final Repetition repetition = new Repetition();

    @Test
    void theSameFailureThreeTimesIsBeingStuck() {
        repetition.ended(TESTS, FAILED);
        repetition.ended(EDIT, FAILED);
        repetition.ended(TESTS, FAILED);
        assertThat(repetition.stuck()).isEmpty();
        repetition.ended(TESTS, FAILED);
        assertThat(repetition.stuck())
                .contains("the same call of shell failed 3 times, so the turn was ended");
    }

    @Test
    void testsThatStillFailAfterEachEditAreNot() {
        for (int i = 0; i < 5; i++) {
            repetition.ended(TESTS, FAILED);
            repetition.ended(EDIT, CHANGED);
        }
        for (int i = 0; i < 5; i++) {
            repetition.ended(TESTS, FAILED);
            repetition.ended(OTHER, DONE);
        }
        assertThat(repetition.stuck()).isEmpty();
    }

    @Test
    void readingBetweenFailuresDoesNotHideThem() {
        for (int i = 0; i < 3; i++) {
            repetition.ended(EDIT, FAILED);
            repetition.ended(OTHER, DONE);
        }
        assertThat(repetition.stuck()).isPresent();
    }
}
