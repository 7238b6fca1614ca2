package hal0.tui.state;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.tui.terminal.Input;
import hal0.tui.terminal.InputDecoder;
import hal0.tui.terminal.Key;
import hal0.tui.terminal.KeyBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BindingTest {
    static Stream<Arguments> encoded() {
        return Arrays.stream(Binding.values())
                .flatMap(binding -> binding.keys().stream().map(key -> Arguments.of(binding, key)));
    }

    @ParameterizedTest
    @MethodSource("encoded")
    void everyEncodingOfAKeyDoesTheSame(Binding binding, Key key) {
        assertThat(KeyBytes.of(key)).isNotEmpty();
        KeyBytes.of(key)
                .forEach((encoding, bytes) ->
                        assertThat(decoded(bytes))
                                .as(key.name() + " in " + encoding)
                                .containsExactly(binding));
    }

    /// The keys that are promised, in the bytes of a terminal of old; those that it cannot send, in
    /// kitty's.
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\\r, SEND",
                "\\e[13;2u, NEWLINE",
                "\\e\\r, NEWLINE",
                "\\n, NEWLINE",
                "\\e[27u, ESCAPE",
                "\\e[91;5u, ESCAPE",
                "^c, CANCEL",
                "^d, LEAVE",
                "\\e[A, OLDER",
                "\\eOB, NEWER",
                "^r, SEARCH",
                "\\t, COMPLETE",
                "\\e[105;5u, COMPLETE",
                "\\e[5~, PAGE_UP",
                "\\e[6~, PAGE_DOWN",
                "\\e[F, END",
                "\\e[4~, END",
                "^p, PALETTE",
                "^o, MODELS",
                "^t, THEME",
                "\\e[Z, MODE",
                "\\e[9;2u, MODE",
                "^l, REPAINT",
                "^g, EDITOR",
                "^s, FIND",
                "\\e[1;2A, LINE_UP",
                "\\e[1;5A, SAID_BEFORE",
                "\\e[1;3B, SAID_AFTER",
                "^z, SUSPEND",
                "^a, LINE_START",
                "^e, LINE_END",
                "^b, LEFT",
                "^f, RIGHT",
                "^h, BACKSPACE",
                "^k, KILL_TO_END",
                "^u, KILL_TO_START",
                "^w, KILL_WORD_BEFORE",
                "^y, YANK",
                "\\ey, YANK_OLDER",
                "\\eb, WORD_LEFT",
                "\\ef, WORD_RIGHT",
                "\\ed, KILL_WORD_AFTER",
                "\\e\\x7f, KILL_WORD_BEFORE",
                "\\e[1;5D, WORD_LEFT",
                "\\e[1;5C, WORD_RIGHT",
                "^_, UNDO",
                "\\e[45;6u, UNDO",
                "\\e[47;5u, UNDO",
                "\\e[67;6u, COPY",
                "\\e[99;6u, COPY",
                "\\e[1089::99;5u, CANCEL"
            })
    void keyDoesWhatIsPromised(String bytes, Binding binding) {
        String raw =
                bytes.replace("\\e", "\u001b")
                        .replace("\\r", "\r")
                        .replace("\\n", "\n")
                        .replace("\\t", "\t")
                        .replace("\\x7f", "\u007f");
        if (raw.startsWith("^")) {
            raw = Character.toString(raw.charAt(1) & 0x1f);
        }
        assertThat(decoded(raw)).containsExactly(binding);
    }

    @Test
    void keysOfTheDesktopAreNotTyped() {
        assertThat(feed("\u001b[99;9u\u001b[118;9u\u001b[97;17u")).isEmpty();
    }

    @Test
    void helpNamesEveryKeyOfTheTable() {
        List<HelpText.Line> help = HelpText.lines();
        for (Binding binding : Binding.values()) {
            String names =
                    help.stream()
                            .filter(line -> line.does().equals(binding.does()))
                            .map(HelpText.Line::name)
                            .findFirst()
                            .orElse("");
            assertThat(names.split(", "))
                    .as(binding.name())
                    .containsExactlyElementsOf(binding.keys().stream().map(Key::name).toList());
        }
    }

    private static List<Binding> decoded(String bytes) {
        List<Binding> bindings = new ArrayList<>();
        for (Input input : feed(bytes)) {
            bindings.add(input instanceof Input.Pressed(var key) ? Binding.find(key) : null);
        }
        return bindings;
    }

    private static List<Input> feed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new InputDecoder().feed(bytes, 0, bytes.length);
    }
}
