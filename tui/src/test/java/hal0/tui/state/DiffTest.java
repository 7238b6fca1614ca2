package hal0.tui.state;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.FileDiff;
import hal0.agent.tool.ToolOutcome;
import hal0.tui.text.Row;
import hal0.tui.text.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiffTest {
    private static final String EDIT =
            """
            --- a/calc.py
            +++ b/calc.py
            @@ -8,3 +8,3 @@
             def add(a, b):
            -    return a - b
            +    return a + b

            @@ -40,2 +40,1 @@
             x
            --- gone
            """;

    @Test
    void linesHaveTheirNumbersAndSignsAndHunksAreParted() {
        assertThat(edited(EDIT, Folds.NONE))
                .containsExactly(
                        "✓ edit calc.py · +1 −2",
                        "   8   def add(a, b):",
                        "   9 -     return a - b",
                        "   9 +     return a + b",
                        "  10",
                        "   ⋯",
                        "  40   x",
                        "  41 - -- gone");
    }

    @Test
    void whatIsOtherInALineIsBoldInWholeWords() {
        assertThat(bold("    return value - other", "    return value + other")).isEqualTo("-");
        assertThat(bold("int count = items.size();", "int count = items.length();"))
                .isEqualTo("size");
        assertThat(bold("one two", "nothing of it")).isEmpty();
        assertThat(bold("print('日本語 here')", "print('日本国 here')"))
                .as("nothing is cut within what is shown as one")
                .isEqualTo("'日本語 ");
    }

    @Test
    void longChangeIsFolded() {
        String diff = "--- a/x\n+++ b/x\n@@ -1,0 +1,50 @@\n" + "+line\n".repeat(50);
        assertThat(edited(diff, Folds.NONE)).contains("  … 34 more lines · Alt+E shows them");
        assertThat(edited(diff, Folds.NONE.turnedAll(Row.Part.Kind.DETAIL)))
                .contains("  50 + line")
                .noneMatch(line -> line.contains("more lines"));
    }

    @Test
    void newFileIsShort() {
        String diff = "--- /dev/null\n+++ b/x\n@@ -0,0 +1,50 @@\n" + "+line\n".repeat(50);
        assertThat(edited(diff, Folds.NONE)).hasSize(10);
    }

    @Test
    void severalFilesAreNamed() {
        String two = EDIT + "--- a/other\n+++ b/other\n@@ -1 +1 @@\n-a\n+b\n";
        assertThat(edited(two, Folds.NONE)).contains("  calc.py", "  other", "   1 + b");
    }

    @Test
    void changesOfAConversationAreToldFileByFile() {
        Sheet sheet =
                DiffSheet.of(List.of(new FileDiff("calc.py", EDIT), new FileDiff("logo.png", "")));
        assertThat(sheet.title()).isEqualTo("Changes: 2 files · +1 −2");
        assertThat(sheet.lines().stream().map(Sheet.Line::text))
                .contains(
                        "calc.py · +1 −2",
                        "   9 +     return a + b",
                        "logo.png",
                        "  changed, but no text that could be shown");
    }

    private static List<String> edited(String diff, Folds folds) {
        return Shown.lines(
                Transcript.EMPTY
                        .called("1", "edit calc.py")
                        .tooled("1", ToolOutcome.changed("done", diff), false, 5)
                        .closed(),
                folds);
    }

    /// What of `before` is bold where it becomes `after`.
    private static String bold(String before, String after) {
        Diff diff = Diff.of("@@ -1 +1 @@\n-%s\n+%s\n".formatted(before, after));
        StringBuilder bold = new StringBuilder();
        if (DiffRows.all(diff).getFirst() instanceof Row.Flow flow) {
            for (Span span : flow.body()) {
                bold.append(span.ink().bold() ? span.text() : "");
            }
        }
        return bold.toString();
    }
}
