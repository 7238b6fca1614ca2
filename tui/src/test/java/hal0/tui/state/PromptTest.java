package hal0.tui.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromptTest {
    @Test
    void editsByClusterWordAndLine() {
        Prompt prompt = Prompt.of("one two\nthree 👩‍👩‍👧");
        assertThat(prompt.backspace().text()).isEqualTo("one two\nthree ");
        assertThat(prompt.left().caret()).isEqualTo(14);
        assertThat(prompt.lineStart().caret()).isEqualTo(8);
        assertThat(prompt.lineStart().killToEnd().text()).isEqualTo("one two\n");
        assertThat(prompt.at(7).killWordBefore().text()).isEqualTo("one \nthree 👩‍👩‍👧");
        assertThat(prompt.at(7).killToEnd().text()).isEqualTo("one twothree 👩‍👩‍👧");
        assertThat(prompt.at(0).wordRight().caret()).isEqualTo(3);
        assertThat(prompt.at(3).killToStart().yank().text()).startsWith("one two");
        assertThat(prompt.at(0).delete().text()).startsWith("ne two");
    }

    @Test
    void chipStandsForItsPasteAndOpens() {
        String pasted = "x\n".repeat(20);
        Prompt prompt = Prompt.of("a ").paste(pasted).insert(" b");
        assertThat(prompt.text().codePointCount(0, prompt.text().length())).isEqualTo(5);
        assertThat(prompt.expanded()).isEqualTo("a " + pasted + " b");
        Prompt opened = prompt.left().left().openChip();
        assertThat(opened.text()).isEqualTo("a " + pasted + " b");
        assertThat(prompt.left().left().backspace().expanded()).isEqualTo("a  b");
    }

    @Test
    void nobodyElseMakesChips() {
        Prompt prompt = Prompt.EMPTY.paste("x".repeat(3000)).insert("\uDB80\uDC00");
        assertThat(prompt.expanded()).isEqualTo("x".repeat(3000) + "\ufffd");
    }

    @Test
    void caretIsWhereTheNextCharacterAppears() {
        assertThat(PromptLayout.of(Prompt.of("日本"), 3))
                .extracting(PromptLayout::caretLine, PromptLayout::caretColumn)
                .containsExactly(1, 2);
        assertThat(PromptLayout.of(Prompt.of("abc"), 3))
                .extracting(PromptLayout::caretLine, PromptLayout::caretColumn)
                .containsExactly(1, 0);
        assertThat(PromptLayout.of(Prompt.of("ab\n"), 3))
                .extracting(PromptLayout::caretLine, PromptLayout::caretColumn)
                .containsExactly(1, 0);
    }
}
