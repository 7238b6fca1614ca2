package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import hal0.providers.testing.ScriptedProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `[budget]`: what would exceed it is not sent, whoever asks.
class BudgetEndToEndTest {
    @TempDir Path folder;
    private final ScriptedProvider openAi = ScriptedProvider.openAi();
    private final ScriptedProvider anthropic = ScriptedProvider.anthropic();
    private TestHome home;

    /// An answer of the scripted provider has 10 tokens in and 5 out: 0.000075 USD.
    @BeforeEach
    void configure() throws Exception {
        home = new TestHome(folder).providers(openAi.baseUrl(), anthropic.baseUrl());
        Path file = folder.resolve("config.toml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "[providers.an]",
                                "[providers.an]\ninput_price_per_1m_tokens = 3.0\noutput_price_per_1m_tokens = 15.0")
                        .concat("\n[budget]\nday_usd = 0.0001\n"));
    }

    @AfterEach
    void close() {
        openAi.close();
        anthropic.close();
    }

    @Test
    void askIsRefusedWhenTheDayIsSpent() throws Exception {
        openAi.says("one").says("two");
        assertThat(home.hal0().run("ask", "a").exit()).isEqualTo(ExitCode.DONE);
        assertThat(home.hal0().run("ask", "b").exit()).isEqualTo(ExitCode.DONE);

        Ended third = home.hal0().run("ask", "c");

        assertThat(third.exit()).isEqualTo(ExitCode.BUDGET);
        assertThat(third.err()).contains("not sent:", "day's budget", "day_usd");
        assertThat(openAi.asked()).hasSize(2);
    }

    @Test
    void theOwnerRefusesWhoAsksThroughItInBothDialects() throws Exception {
        openAi.says("one").says("two");
        try (Hal0Process serve = home.hal0().start("serve", "--port", "0")) {
            assertThat(serve.relayAddress()).isNotEmpty();
            home.hal0().run("ask", "a");
            home.hal0().run("ask", "b");

            Ended chat = home.hal0().run("ask", "c");
            Ended messages = home.hal0().run("ask", "--model", "an/m", "d");

            assertThat(chat.exit()).isEqualTo(ExitCode.BUDGET);
            assertThat(chat.err()).contains("day's budget");
            assertThat(messages.exit()).isEqualTo(ExitCode.BUDGET);
            assertThat(messages.err()).contains("day's budget");
        }
        assertThat(anthropic.asked()).noneMatch(asked -> asked.method().equals("POST"));
    }
}
