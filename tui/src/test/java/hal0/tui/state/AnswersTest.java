package hal0.tui.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final List<String> ANSWERS =
            List.of(
                    "Newest.\n",
                    "Older:\n\n```sh\nfirst\n```\n\nand\n\n````\n```\nfenced\n```\n````\nend\n");

    @Test
    void lastAnswerIsMeantUnlessANumberSaysOtherwise() {
        assertThat(Answers.picked(ANSWERS, ""))
                .isEqualTo(new UiEvent.ToCopy("Newest.", "the last answer"));
        assertThat(Answers.picked(ANSWERS, "2"))
                .isInstanceOfSatisfying(
                        UiEvent.ToCopy.class,
                        copy -> {
                            assertThat(copy.text()).startsWith("Older:");
                            assertThat(copy.what()).isEqualTo("answer 2 from the end");
                        });
    }

    @Test
    void lastBlockOfCodeIsTakenWholeFromTheLastAnswerThatHasOne() {
        assertThat(Answers.picked(ANSWERS, "code"))
                .isEqualTo(new UiEvent.ToCopy("```\nfenced\n```\n", "the last code block"));
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThat(Answers.picked(List.of(), ""))
                .isEqualTo(new UiEvent.Noted("there is no answer to copy"));
        assertThat(Answers.picked(ANSWERS, "3"))
                .isEqualTo(new UiEvent.Noted("there are 2 answers"));
        assertThat(Answers.picked(List.of("x"), "code"))
                .isEqualTo(new UiEvent.Noted("there is no code block in this conversation"));
        assertThat(Answers.picked(ANSWERS, "it")).isInstanceOf(UiEvent.Noted.class);
    }
}
