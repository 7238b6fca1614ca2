package hal0.cli.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class AnyWordTest {
    @Command
    static final class Asked {
        @Mixin private final SlotOptions options = new SlotOptions();
    }

    private static Object given(String key, String... words) {
        Asked asked = new Asked();
        new CommandLine(asked).parseArgs(words);
        return asked.options.keys().get(key);
    }

    @Test
    void wordsOfAServerMayBeOptionsHereToo() {
        assertThat(
                        given(
                                "slot.command",
                                "--command=llama-server",
                                "--command=--port",
                                "--command=${PORT}",
                                "--command",
                                "--model",
                                "--port=8081"))
                .isEqualTo(List.of("llama-server", "--port", "${PORT}", "--model"));
        assertThat(given("server.extra_args", "--extra-arg=--device=cuda", "--extra-arg=-fa"))
                .isEqualTo(List.of("--device=cuda", "-fa"));
    }

    @Test
    void oneAskingAfterAnotherStartsAnew() {
        Asked asked = new Asked();
        CommandLine line = new CommandLine(asked);
        line.parseArgs("--command=a");
        line.parseArgs("--command=b");
        assertThat(asked.options.keys().get("slot.command")).isEqualTo(List.of("b"));
    }

    @Test
    void wordThatIsMissingIsTold() {
        assertThatThrownBy(() -> given("slot.command", "--command"))
                .isInstanceOf(ParameterException.class);
    }
}
