package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The user or the reader of the output leaves before the answer has ended.
class AskInterruptTest {
    @TempDir Path folder;

    private TestHome home(SlowProvider provider) throws IOException {
        return new TestHome(folder).providers(provider.baseUrl(), provider.baseUrl());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "stream-json"})
    void interruptEndsTheCallAndKeepsWhatWasSaid(String form) throws Exception {
        try (SlowProvider provider = SlowProvider.saying("It begins");
                Hal0Process ask = home(provider).hal0().start("ask", "-o", form, "hi")) {
            provider.awaitAsked();
            if (!form.equals("json")) {
                ask.out().awaitText("It begins");
            }
            ask.signal("INT");
            provider.awaitClientLeft();
            Ended ended = ask.ended();
            assertThat(ended.exit()).as(ended.err()).isEqualTo(ExitCode.INTERRUPTED);
            switch (form) {
                case "text" -> {
                    assertThat(ended.out()).isEqualTo("It begins\n");
                    assertThat(ended.err()).isEqualTo("hal0: interrupted\n");
                }
                default ->
                        assertThat(TestHome.json(ended.out().lines().toList().getLast()).toString())
                                .contains("\"error\":{\"kind\":\"cancelled\"");
            }
        }
        TestHome home = new TestHome(folder);
        assertThat(home.ledger()).extracting(TestHome.Row::outcome).containsExactly("CANCELLED");
        assertThat(home.sessions()).hasSize(1);
        if (!form.equals("json")) {
            assertThat(Files.readString(home.sessions().getFirst())).contains("It begins");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void silentProviderIsLeftToo(String signal) throws Exception {
        try (SlowProvider provider = SlowProvider.silent();
                Hal0Process ask = home(provider).hal0().start("ask", "hi")) {
            provider.awaitAsked();
            ask.signal(signal);
            provider.awaitClientLeft();
            int expected =
                    switch (signal) {
                        case "INT" -> 130;
                        case "TERM" -> 143;
                        default -> 129;
                    };
            assertThat(ask.ended().exit()).isEqualTo(expected);
        }
        assertThat(new TestHome(folder).ledger())
                .extracting(TestHome.Row::outcome)
                .containsExactly("CANCELLED");
    }

    @Test
    void closedOutputEndsTheCall() throws Exception {
        try (SlowProvider provider = SlowProvider.endless("again\\n");
                Hal0Process ask = home(provider).hal0().start("ask", "hi")) {
            ask.out().awaitText("again\n");
            ask.stopReading();
            provider.awaitClientLeft();
            Ended ended = ask.ended();
            assertThat(ended.exit()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(ended.err()).isEmpty();
        }
        assertThat(new TestHome(folder).ledger())
                .extracting(TestHome.Row::outcome)
                .containsExactly("CANCELLED");
    }
}
