package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.cli.console.ExitCode;
import hal0.providers.price.Money;
import hal0.providers.testing.ScriptedProvider;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `hal0` as its user sees it: the real program in a pseudo-terminal.
class TerminalTest {
    private static final String CONFIG =
            """
            # mine, and it stays
            [active]
            provider = "oa"  # the first one
            model = "m1"

            [providers.oa]
            base_url = "%s"
            retries = 0
            input_price_per_1m_tokens = 2.5
            output_price_per_1m_tokens = 10.0
            [[providers.oa.models]]
            id = "m1"
            [[providers.oa.models]]
            id = "m2"

            [relay]
            port = %d
            """;

    @TempDir Path folder;
    private final ScriptedProvider openAi = ScriptedProvider.openAi();
    private TestHome home;

    @BeforeEach
    void configure() throws Exception {
        home = new TestHome(folder).config(CONFIG.formatted(openAi.baseUrl(), 0));
    }

    @AfterEach
    void close() {
        openAi.close();
    }

    private PtyProgram start(String... arguments) throws IOException {
        return PtyProgram.start(home.hal0(), arguments);
    }

    private static void assertRestored(PtyProgram hal0) {
        assertThat(hal0.modes()).containsExactly("?25");
    }

    @Test
    void questionIsAnsweredWithItsCostAndStaysAfterLeaving() throws Exception {
        openAi.says("Grüße, ", "世界 ", "and good day");
        try (PtyProgram hal0 = start()) {
            hal0.await("Ask anything", "oa/m1", "Spend: $0.00");
            assertThat(hal0.modes()).contains("?1049");
            hal0.type("hello there\r");
            hal0.await("› hello there", "Grüße, 世界 and good day", "Spend: $0.000075");
            hal0.type("/exit\r");
            assertThat(hal0.ended()).isZero();
            assertThat(hal0.text())
                    .contains("› hello there", "Grüße, 世界 and good day")
                    .doesNotContain("Ask anything");
            assertRestored(hal0);
        }
        assertThat(openAi.takeAsked().body()).contains("hello there");
        assertThat(home.ledger())
                .containsExactly(
                        new TestHome.Row("tui", "oa", "m1", "ANSWERED", 10, 5, 75_000_000L));
        assertThat(Files.exists(home.relayFile())).isFalse();
    }

    @Test
    void whatIsTypedBeforeThereIsAScreenIsInThePromptOnceAndNowhereElse() throws Exception {
        openAi.says("early answer");
        try (PtyProgram hal0 = start()) {
            hal0.type("hello");
            hal0.await("› hello", "oa/m1");
            hal0.type(" there\r");
            hal0.await("› hello there", "early answer", "Spend: $0.000075");
            hal0.type("/exit\r");
            assertThat(hal0.ended()).isZero();
            assertThat(hal0.text()).containsOnlyOnce("hello");
        }
    }

    @Test
    void enterBeforeThereIsAScreenSends() throws Exception {
        openAi.says("early answer");
        try (PtyProgram hal0 = start("--inline")) {
            hal0.type("hello\r");
            hal0.await("› hello", "early answer", "Spend: $0.000075");
            assertThat(hal0.text()).containsOnlyOnce("hello");
        }
    }

    @Test
    void waitForAProviderThatIsBusyIsCountedDownAndForgotten() throws Exception {
        home.config(CONFIG.formatted(openAi.baseUrl(), 0).replace("retries = 0", "retries = 3"));
        openAi.fails(429, "{\"error\":{\"message\":\"slow down\"}}", "Retry-After", "3");
        openAi.says("now I can");
        try (PtyProgram hal0 = start()) {
            hal0.await("Ask anything", "relay :");
            hal0.type("hello\r");
            hal0.await("429 from oa: again in 3 s (2 of 4)");
            hal0.await("429 from oa: again in 2 s (2 of 4)");
            hal0.await("now I can", "Spend: $0.000075");
            assertThat(hal0.text()).doesNotContain("429");
        }
    }

    @Test
    void sessionThatWasKilledInItsTurnIsOfferedAtTheNextStart() throws Exception {
        try (SlowProvider slow = SlowProvider.saying("It begins")) {
            home.config(CONFIG.formatted(slow.baseUrl(), 0));
            try (PtyProgram hal0 = start()) {
                hal0.await("Ask anything", "relay :");
                hal0.type("go on for ever\r");
                hal0.await("It begins");
            }
            try (PtyProgram hal0 = start()) {
                hal0.await("/resume last goes on with the session that was cut off here at ");
                hal0.type("/resume last\r");
                hal0.await("› go on for ever", "going on with session");
                assertThat(hal0.text()).doesNotContain("was cut off");
            }
        }
    }

    /// A read of ours that still waits would take the first keys.
    @Test
    void editorGetsEveryKeyAndWhatItWroteIsInThePrompt() throws Exception {
        Path editor = folder.resolve("editor");
        Files.writeString(
                editor,
                "#!/bin/sh\nprintf 'now type'; read -r line; printf %s \"$line\" > \"$1\"\n");
        assertThat(editor.toFile().setExecutable(true)).isTrue();
        try (PtyProgram hal0 = PtyProgram.start(home.hal0().set("EDITOR", editor))) {
            hal0.await("Ask anything", "relay :");
            hal0.type("old\u0007");
            hal0.await("now type");
            hal0.type("abc def\r");
            hal0.await("› abc def");
            hal0.type(" more");
            hal0.await("› abc def more");
            hal0.type("\u0003/exit\r");
            assertThat(hal0.ended()).isZero();
            assertRestored(hal0);
        }
    }

    @Test
    void settingsChangeTheModelInTheFileAndForTheNextQuestion() throws Exception {
        openAi.says("from the second");
        try (PtyProgram hal0 = start()) {
            hal0.await("oa/m1", "relay :");
            hal0.type("/");
            hal0.await("/settings", "/model");
            hal0.type("set\r");
            hal0.await("Settings", "who answers when nobody is named");
            hal0.type("\u001b[B\r");
            hal0.await("type to narrow", "oa/m2");
            hal0.type("m2\r");
            hal0.await("Settings", "✓ now talking to oa/m2");
            hal0.type("\u001b");
            hal0.awaitGone("Settings");
            hal0.type("which one\r");
            hal0.await("from the second");
            hal0.type("/exit\r");
            assertThat(hal0.ended()).isZero();
        }
        assertThat(openAi.asked().getLast().body()).contains("\"m2\"");
        assertThat(Files.readString(folder.resolve("config.toml")))
                .isEqualTo(
                        CONFIG.formatted(openAi.baseUrl(), 0)
                                .replace("model = \"m1\"", "model = \"m2\""));
    }

    @Test
    void escapeInterruptsTheAnswer() throws Exception {
        try (SlowProvider slow = SlowProvider.saying("It begins")) {
            home.config(CONFIG.formatted(slow.baseUrl(), 0));
            try (PtyProgram hal0 = start()) {
                hal0.await("Ask anything");
                hal0.type("go on for ever\r");
                hal0.await("It begins");
                hal0.type("\u001b");
                slow.awaitClientLeft();
                hal0.await("It begins", "interrupted", "tokens not counted · ~$");
                hal0.type("/exit\r");
                assertThat(hal0.ended()).isZero();
                BigDecimal cost = BigDecimal.valueOf(home.ledger().getFirst().costPicoUsd(), 12);
                assertThat(hal0.text()).contains("~" + Money.format(cost));
            }
        }
        assertThat(home.ledger()).extracting(TestHome.Row::outcome).containsExactly("CANCELLED");
    }

    @ParameterizedTest
    @CsvSource({"TERM,143", "HUP,129"})
    void terminationRestoresTheTerminal(String signal, int exit) throws Exception {
        try (SlowProvider slow = SlowProvider.saying("It begins")) {
            home.config(CONFIG.formatted(slow.baseUrl(), 0));
            try (PtyProgram hal0 = start()) {
                hal0.await("Ask anything", "relay :");
                hal0.type("go on\r");
                hal0.await("It begins");
                Signal.send(hal0.pid(), signal);
                assertThat(hal0.ended()).isEqualTo(exit);
                assertRestored(hal0);
                slow.awaitClientLeft();
            }
        }
        assertThat(Files.exists(home.relayFile())).isFalse();
        assertThat(home.ledger()).extracting(TestHome.Row::outcome).containsExactly("CANCELLED");
        assertThat(home.sessions()).hasSize(1);
        assertThat(Files.readString(home.sessions().getFirst())).contains("It begins");
    }

    @Test
    void takenPortIsReplacedAndSaid() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            home.config(CONFIG.formatted(openAi.baseUrl(), other.getLocalPort()));
            try (PtyProgram hal0 = start()) {
                hal0.await("relay :", "instead");
                int port = TestHome.json(Files.readString(home.relayFile())).path("port").asInt();
                assertThat(port).isNotEqualTo(other.getLocalPort());
                hal0.await("relay :" + port);
            }
        }
    }

    @Test
    void relayOfTheScreenIsForThisMachineOnly() throws Exception {
        home.config(
                CONFIG.formatted(openAi.baseUrl(), 0)
                        .replace("[relay]", "[relay]\nhost = \"0.0.0.0\""));
        try (PtyProgram hal0 = start()) {
            hal0.await("there is no key", "127.0.0.1");
            assertThat(Files.readString(home.relayFile())).contains("\"127.0.0.1\"");
        }
    }

    @Test
    void runningOwnerIsUsed() throws Exception {
        openAi.says("through the owner");
        try (Hal0Process serve = home.hal0().start("serve", "--port", "0")) {
            String address = serve.relayAddress().substring("http://127.0.0.1".length());
            try (PtyProgram hal0 = start()) {
                hal0.await("relay " + address);
                hal0.type("hello\r");
                hal0.await("through the owner", "Spend: $0.000075");
                serve.err().awaitText("\"target\":\"oa/m1\"");
                hal0.type("/exit\r");
                assertThat(hal0.ended()).isZero();
            }
            assertThat(Files.exists(home.relayFile())).isTrue();
            serve.signal("TERM");
            serve.ended();
        }
        assertThat(home.ledger())
                .containsExactly(
                        new TestHome.Row("tui", "oa", "m1", "ANSWERED", 10, 5, 75_000_000L));
    }

    @Test
    void killedOwnerDoesNotStopTheConversation() throws Exception {
        openAi.says("through the owner").says("without the owner");
        try (Hal0Process serve = home.hal0().start("serve", "--port", "0")) {
            String address = serve.relayAddress().substring("http://127.0.0.1".length());
            try (PtyProgram hal0 = start()) {
                hal0.await("relay " + address);
                hal0.type("hello\r");
                hal0.await("through the owner", "Spend: $0.000075");
                serve.signal("KILL");
                serve.ended();
                hal0.type("again\r");
                hal0.await("without the owner", "Spend: $0.00015");
            }
        }
    }

    @Test
    void firstRunOffersTheDemo() throws Exception {
        home.config("[relay]\nport = 0\n");
        try (PtyProgram hal0 = start()) {
            hal0.await("Welcome to hal0", "demo");
            hal0.type("demo\r");
            hal0.await("demo/demo");
            hal0.type("what are you\r");
            hal0.await("› what are you", "canned");
            hal0.type("/exit\r");
            assertThat(hal0.ended()).isZero();
        }
        assertThat(Files.readString(folder.resolve("config.toml"))).contains("provider = \"demo\"");
    }

    @Test
    void windowMayChangeItsSize() throws Exception {
        openAi.says("still here");
        try (PtyProgram hal0 = start()) {
            hal0.await("Ask anything");
            hal0.resize(60, 20);
            hal0.await("\n" + "─".repeat(60) + "\n");
            hal0.type("hello\r");
            hal0.await("still here");
        }
    }

    @Test
    void brokenConfigurationIsSaidInsteadOfAScreen() throws Exception {
        home.config("[active]\nprovder = \"oa\"\n");
        try (PtyProgram hal0 = start()) {
            assertThat(hal0.ended()).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(hal0.text()).contains("config.toml:2: active.provder");
            assertRestored(hal0);
        }
    }

    @Test
    void editOfTheConfigurationIsTakenOverOrToldWhyNot() throws Exception {
        Path config = folder.resolve("config.toml");
        try (PtyProgram hal0 = start()) {
            hal0.await("Ask anything", "oa/m1");
            Files.writeString(config, "[active\n");
            hal0.await("config.toml:1", "what it said before stays");
            home.config(
                    CONFIG.formatted(openAi.baseUrl(), 0)
                            + "[providers.late]\nbase_url = \"http://127.0.0.1:9/v1\"\n");
            hal0.await("config.toml was changed and is in force");
            // The relay inside has it too.
            assertThat(home.hal0().run("ask", "-m", "late/m", "hi").err()).contains("late");
            hal0.type("/exit\r");
            assertThat(hal0.ended()).isZero();
        }
    }
}
