package hal0.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailedCallTest {
    @Test
    void aCommandIsToldByHowItEndedAndItsLastWords() {
        assertThat(FailedCall.line("Traceback:\n  line 2\nAssertionError\n\n[exit 1, 0.2 s]"))
                .isEqualTo("exit 1, 0.2 s: AssertionError");
        assertThat(FailedCall.line("[timed out]")).isEqualTo("[timed out]");
    }

    @Test
    void anyOtherToolIsToldByTheReasonItBeginsWith() {
        assertThat(FailedCall.line("there is no a.txt\nnearest: b.txt"))
                .isEqualTo("there is no a.txt");
        assertThat(FailedCall.line(" \n")).isEmpty();
    }
}
