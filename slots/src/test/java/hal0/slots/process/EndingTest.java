package hal0.slots.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EndingTest {
    @Test
    void codesAndSignalsAreTold() {
        assertThat(Ending.of(1, false, "")).isEqualTo("it ended with exit code 1");
        assertThat(Ending.of(139, false, "")).isEqualTo("it was ended by signal 11 (SIGSEGV)");
        assertThat(Ending.of(255, false, "")).isEqualTo("it ended with exit code 255");
        assertThat(Ending.of(null, false, "")).contains("exit code is not known");
    }

    @Test
    void memoryIsNamedOnlyForWhatTheKernelMayHaveKilled() {
        assertThat(Ending.of(137, true, "")).contains("memory ran out");
        assertThat(Ending.of(null, true, "")).contains("memory ran out");
        assertThat(Ending.of(1, true, "")).doesNotContain("memory");
    }

    @Test
    void lastWordsCannotSteerATerminal() {
        assertThat(Ending.of(1, false, "\u001b[31mred\u001b[0m\u0007 end"))
                .isEqualTo("it ended with exit code 1; its last output: red end");
        assertThat(Ending.of(1, false, "x".repeat(1000))).hasSizeLessThan(300).endsWith("…");
    }
}
