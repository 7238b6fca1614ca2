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
        @Mixin private final SlotWords slot = new SlotWords();
    }

    private static Object given(String key, String... words) {
        Asked asked = new Asked();
        new CommandLine(asked).parseArgs(words);
        return asked.slot.keys().get(key);
    }

    @Test
    void wordsOfAServerMayBeOptionsHereToo() {
        assertThat(
                        given(
                                "slot.command",
                                "own",
                                "--port=8081",
                                "--",
                                "llama-server",
                                "--port",
                                "${PORT}",
                                "--model"))
                .isEqualTo(List.of("llama-server", "--port", "${PORT}", "--model"));
        assertThat(
                        given(
                                "server.extra_args",
                                "own",
                                "--extra-arg=--device=cuda",
                                "--extra-arg",
                                "--alias"))
                .isEqualTo(List.of("--device=cuda", "--alias"));
    }

    @Test
    void oneAskingAfterAnotherStartsAnew() {
        Asked asked = new Asked();
        CommandLine line = new CommandLine(asked);
        line.parseArgs("own", "--extra-arg=a");
        line.parseArgs("own", "--extra-arg=b");
        assertThat(asked.slot.keys().get("server.extra_args")).isEqualTo(List.of("b"));
    }

    @Test
    void wordThatIsMissingIsTold() {
        assertThatThrownBy(() -> given("server.extra_args", "own", "--extra-arg"))
                .isInstanceOf(ParameterException.class);
    }
}
