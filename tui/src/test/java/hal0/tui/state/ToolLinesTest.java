package hal0.tui.state;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.tool.ToolOutcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolLinesTest {
    @Test
    void aCallIsOneLineWhoseMarkChanges() {
        Transcript running = Transcript.EMPTY.called("1", "shell make");
        assertThat(shown(running)).containsExactly("▸ shell make");
        running = running.wrote("1", "compiling\nlinking\n");
        assertThat(shown(running)).containsExactly("▸ shell make", "  │ linking");
        assertThat(shown(running.tooled("1", ToolOutcome.of("ok"), false, 2300)))
                .containsExactly("✓ shell make · 2.3 s");
    }

    @Test
    void failedAndDeniedCallsSayWhy() {
        Transcript both =
                Transcript.EMPTY
                        .called("1", "edit a")
                        .called("2", "shell rm a")
                        .tooled("1", ToolOutcome.failed("not found\nmore"), false, 5)
                        .tooled("2", ToolOutcome.failed("the user said no"), true, 5);
        assertThat(shown(both))
                .containsExactly(
                        "✗ edit a",
                        "  failed: not found",
                        "⊘ shell rm a",
                        "  denied: the user said no");
    }

    @Test
    void ofACommandItIsSaidHowItEnded() {
        Transcript failed =
                Transcript.EMPTY
                        .called("1", "shell make")
                        .tooled("1", ToolOutcome.failed("step 1\n[exit code 2]"), false, 5);
        assertThat(shown(failed)).containsExactly("✗ shell make", "  failed: [exit code 2]");
    }

    @Test
    void callsBesideEachOtherKeepTheirPlaces() {
        Transcript both =
                Transcript.EMPTY
                        .called("1", "read a")
                        .called("2", "read b")
                        .tooled("2", ToolOutcome.of("b"), false, 1)
                        .noted("a word between");
        assertThat(shown(both)).containsExactly("a word between", "▸ read a", "✓ read b");
        assertThat(shown(both.tooled("1", ToolOutcome.of("a"), false, 1)))
                .containsExactly("a word between", "✓ read a", "✓ read b");
    }

    @Test
    void aCallThatItsTurnLeftAloneIsNoLongerShownAsRunning() {
        assertThat(shown(Transcript.EMPTY.called("1", "shell sleep").closed()))
                .containsExactly("⊘ shell sleep · cancelled");
    }

    private static List<String> shown(Transcript transcript) {
        List<String> lines = new ArrayList<>();
        new Viewport(transcript, 79, 100, Folds.NONE)
                .window(new Scroll.Following())
                .lines()
                .forEach(line -> {
                    StringBuilder text = new StringBuilder();
                    line.forEach(span -> text.append(span.text()));
                    lines.add(text.toString());
                });
        return lines;
    }
}
