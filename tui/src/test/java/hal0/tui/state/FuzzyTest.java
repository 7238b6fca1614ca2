package hal0.tui.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FuzzyTest {
    private static List<String> ranked(String typed, String... names) {
        return Fuzzy.ranked(typed, List.of(names), FuzzyTest::text);
    }

    /// What follows a bar is told beside the name.
    private static Fuzzy.Text text(String row) {
        String[] parts = row.split("\\|", 2);
        return new Fuzzy.Text(parts[0], parts.length > 1 ? parts[1] : "");
    }

    @Test
    void ranksAsTheNameDoesAndDetailsAfterIt() {
        assertThat(
                        ranked(
                                "mini",
                                "x/moon-tiny|",
                                "x/small|as good as mini",
                                "x/gemini-pro",
                                "x/gpt-5-mini",
                                "x/minimax",
                                "x/mini"))
                .containsExactly(
                        "x/mini",
                        "x/minimax",
                        "x/gpt-5-mini",
                        "x/gemini-pro",
                        "x/small|as good as mini");
    }

    @Test
    void lettersAreNeverScatteredOverDetails() {
        assertThat(ranked("gpt", "claude-opus|great for prompts and tools")).isEmpty();
        assertThat(ranked("cs4", "anthropic/claude-sonnet-4", "anthropic/claude-opus-4"))
                .startsWith("anthropic/claude-sonnet-4");
    }

    @Test
    void allWordsFitInAnyOrder() {
        assertThat(ranked("tools open", "openai/gpt-5|128k tools", "openai/tts|128k", "x/y|tools"))
                .containsExactly("openai/gpt-5|128k tools");
        assertThat(ranked("5 gpt", "openai/gpt-4", "openai/gpt-5")).containsExactly("openai/gpt-5");
    }

    @Test
    void amongEqualsTheOneUsedLastStaysFirst() {
        assertThat(ranked("gpt", "openrouter/openai/gpt-5", "openai/gpt-4", "openai/gpt-5"))
                .containsExactly("openrouter/openai/gpt-5", "openai/gpt-4", "openai/gpt-5");
    }

    @Test
    void tighterLettersGoFirst() {
        assertThat(ranked("cmpt", "cold alms, maps at top", "compact")).startsWith("compact");
    }
}
