package hal0.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCommandTest {
    @Test
    void quotesAndBackslashesHoldWordsTogetherAsInAShell() {
        assertThat(ServerCommand.words("npx -y server \"/my files\" 'a \"b\"' c\\ d"))
                .containsExactly("npx", "-y", "server", "/my files", "a \"b\"", "c d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "npx 'unclosed",
                "cat a | server",
                "server $HOME/x",
                "server > /tmp/out",
                "A=b server",
                "a; b",
                ""
            })
    void whatOnlyAShellCouldDoIsRefused(String line) {
        assertThatThrownBy(() -> ServerCommand.words(line))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
