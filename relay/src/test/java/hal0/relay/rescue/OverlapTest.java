package hal0.relay.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlapTest {

    /// What was shown | what another answer says | what of that goes beyond, or null.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            nullValues = "null",
            value = {
                "'Hello wor'    | 'Hello world'       | 'ld'",
                "'Hello '       | 'Hello world'       | 'world'",
                "'Hello'        | 'Hello world'       | ' world'",
                "'Hello '       | 'Hello\n\nworld'    | '\n\nworld'",
                "'Hello\n'      | 'Hello\n\nworld'    | '\nworld'",
                "'Hello'        | ' \n Hello world'   | ' world'",
                "' Hello'       | 'Hello world'       | ' world'",
                "'a  b'         | 'a b c'             | ' c'",
                "'a b'          | 'a \n b c'          | ' c'",
                "'a b'          | 'ab c'              | null",
                "'ab'           | 'a bc'              | null",
                "'Hello'        | 'Hi'                | null",
                "'Hello'        | 'hello'             | null",
                "'Hello world'  | 'Hello world'       | ''",
                "''             | 'Anything'          | 'Anything'",
                "' '            | ' Anything'         | 'Anything'",
                "'grüße 😀'      | 'grüße 😀!'          | '!'"
            })
    void whatGoesBeyond(String shown, String said, @Nullable String beyond) {
        assertThat(whole(shown, said)).isEqualTo(beyond);
        assertThat(byLetters(shown, said)).isEqualTo(beyond);
    }

    @Test
    void anAnswerThatStopsBeforeWhatWasShownIsNotPastIt() {
        Overlap overlap = new Overlap("Hello world");

        assertThat(overlap.beyond("Hello")).isEmpty();
        assertThat(overlap.isPast()).isFalse();
    }

    @Test
    void whereverATextBreaksOffItsRepetitionGoesOnWithTheRest() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
        String letters = "ab \n";
        for (int run = 0; run < 2000; run++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            String whole = text.toString();
            int cut = random.nextInt(whole.length());
            String shown = whole.substring(0, cut);

            assertThat(shown + byLetters(shown, whole))
                    .as("cut at %d of %s", cut, whole)
                    .isEqualToNormalizingWhitespace(whole);
        }
    }

    private static @Nullable String whole(String shown, String said) {
        Overlap overlap = new Overlap(shown);
        return overlap.beyond(said);
    }

    private static @Nullable String byLetters(String shown, String said) {
        Overlap overlap = new Overlap(shown);
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < said.length(); i++) {
            String beyond = overlap.beyond(said.substring(i, i + 1));
            if (beyond == null) {
                return null;
            }
            all.append(beyond);
        }
        return all.toString();
    }
}
