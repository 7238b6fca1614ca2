package hal0.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class ListingTest {
    private static String printed(Listing listing, boolean json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Console console = new Console(bytes, new ByteArrayOutputStream());
        listing.print(console, json);
        console.out().flush();
        return bytes.toString(UTF_8);
    }

    @Test
    void aNameThatTheTerminalWouldObeyIsShownInstead() {
        Listing listing = new Listing("id").row("m\u001b]0;owned\u0007\nnext").row("plain");

        assertThat(printed(listing, false)).isEqualTo("ID\nm\u241b]0;owned\u2407 next\nplain\n");
    }

    @Test
    void columnsStandUnderEachOtherWhateverTheirLettersTake() {
        Listing listing = new Listing("id", "has").row("\u6a21\u578b", "a").row("abcd", "b");

        assertThat(printed(listing, false).lines())
                .containsExactly("ID    HAS", "\u6a21\u578b  a", "abcd  b");
    }

    @Test
    void programsGetTheTextAsItIs() {
        assertThat(printed(new Listing("id").row("m\u001bx"), true)).contains("m\\u001Bx");
    }
}
