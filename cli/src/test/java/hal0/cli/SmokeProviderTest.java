package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import hal0.providers.testing.ScriptedProvider;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `hal0 smoke:provider`, as a user calls it.
class SmokeProviderTest {
    private static final String CALL = "{\"text\":\"hal0-ok\"}";

    @TempDir Path folder;
    private final ScriptedProvider openAi = ScriptedProvider.openAi();
    private TestHome home;

    @BeforeEach
    void configure() throws Exception {
        home = new TestHome(folder).providers(openAi.baseUrl(), openAi.baseUrl());
    }

    @AfterEach
    void close() {
        openAi.close();
    }

    private void answersWell() {
        openAi.says("hal0-ok").says("hal0-ok").callsTool("c1", "hal0_echo", CALL);
    }

    private static void assertPasses(Ended ended) {
        assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.out().lines().skip(1)).hasSize(3).allMatch(line -> line.contains("PASS"));
    }

    private static String address() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + free.getLocalPort() + "/v1";
        }
    }

    @Test
    void theActiveModelIsAskedAndTheSpendIsInTheLedger() throws Exception {
        answersWell();
        Ended ended = home.hal0().run("smoke:provider", "--json");
        assertThat(ended.exit()).as(ended.err()).isZero();
        JsonNode rows = TestHome.json(ended.out());
        assertThat(rows.findValuesAsText("check")).containsExactly("answer", "stream", "tool_call");
        assertThat(rows.findValuesAsText("status")).containsOnly("pass");
        assertThat(rows.findValuesAsText("model")).containsOnly("m1");
        assertThat(rows.get(0).path("cost_usd").decimalValue()).isEqualByComparingTo("0.000075");
        assertThat(ended.err().lines())
                .containsExactly("oa answer: PASS", "oa stream: PASS", "oa tool_call: PASS");
        assertThat(home.ledger()).hasSize(3).allMatch(row -> row.client().equals("smoke"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HAL0", "HAMR"})
    void customIsWhereItsVariableSays(String prefix) throws Exception {
        answersWell();
        openAi.lists(
                "{\"data\":[{\"id\":\"nomic-embed-text\"},{\"id\":\"first\"},{\"id\":\"b\"}]}");
        Ended ended =
                home.hal0()
                        .set(prefix + "_LIVE_PROVIDER", "custom")
                        .set(prefix + "_CUSTOM_BASE_URL", openAi.baseUrl())
                        .run("smoke:provider");
        assertPasses(ended);
        assertThat(ended.out()).contains("custom    first ");
    }

    @Test
    void theOptionComesBeforeTheVariable() throws Exception {
        answersWell();
        assertPasses(
                home.hal0()
                        .set("HAL0_LIVE_PROVIDER", "groq")
                        .run("smoke:provider", "--provider", "oa"));
    }

    @Test
    void aModelMayNameItsProvider() throws Exception {
        answersWell();
        Ended ended = home.hal0().run("smoke:provider", "-m", "oa/a/b");
        assertPasses(ended);
        assertThat(openAi.asked()).allMatch(asked -> asked.body().contains("\"model\":\"a/b\""));
    }

    @ParameterizedTest
    @CsvSource({
        "openai,OPENAI_API_KEY", "anthropic,ANTHROPIC_API_KEY", "google,GEMINI_API_KEY",
        "deepseek,DEEPSEEK_API_KEY", "openrouter,OPENROUTER_API_KEY", "groq,GROQ_API_KEY",
        "mistral,MISTRAL_API_KEY", "together,TOGETHER_API_KEY", "custom,HAL0_CUSTOM_BASE_URL"
    })
    void withoutItsKeyAProviderIsSkippedAndTheExitSaysSo(String id, String variable)
            throws Exception {
        Ended ended = home.hal0().run("smoke:provider", "--provider", id);
        assertThat(ended.exit()).isEqualTo(ExitCode.SKIPPED);
        assertThat(ended.out()).contains("SKIP", variable);
        assertThat(ended.err()).contains("SKIP: nothing could be checked");
    }

    @Test
    void withoutAnyProviderNothingIsChecked() throws Exception {
        home.config("");
        Ended ended = home.hal0().run("smoke:provider");
        assertThat(ended.exit()).isEqualTo(ExitCode.SKIPPED);
        assertThat(ended.err()).startsWith("SKIP: no provider is named; set HAL0_LIVE_PROVIDER");
        assertThat(home.hal0().run("smoke:provider", "--json").out().strip()).isEqualTo("[ ]");
    }

    @Test
    void allSkipsWhatNobodyChose() throws Exception {
        home.config("");
        Ended ended = home.hal0().run("smoke:provider", "--all");
        assertThat(ended.exit()).isEqualTo(ExitCode.SKIPPED);
        assertThat(ended.out().lines().skip(1))
                .hasSizeGreaterThan(15)
                .allMatch(l -> l.contains("SKIP"));
    }

    @Test
    void allAsksWhatIsDeclared() throws Exception {
        home.config("[providers.oa]\nbase_url = \"%s\"\n".formatted(openAi.baseUrl()));
        openAi.lists("{\"data\":[{\"id\":\"m7\"}]}");
        answersWell();
        Ended ended = home.hal0().run("smoke:provider", "--all");
        assertThat(ended.exit()).as(ended.out()).isZero();
        assertThat(ended.out().lines().filter(line -> line.contains("PASS"))).hasSize(3);
    }

    @Test
    void aFailedCheckEndsWithFour() throws Exception {
        openAi.fails(401, "{\"error\":{\"message\":\"bad key\"}}");
        Ended ended = home.hal0().run("smoke:provider");
        assertThat(ended.exit()).isEqualTo(ExitCode.UPSTREAM);
        assertThat(ended.out()).contains("FAIL", "bad key", "SKIP");
    }

    @Test
    void demoAnswersOtherWordsWhichIsAWarning() throws Exception {
        Ended ended = home.hal0().run("smoke:provider", "--provider", "demo");
        assertThat(ended.exit()).isZero();
        assertThat(ended.out().lines().skip(1)).hasSize(3).allMatch(line -> line.contains("WARN"));
    }

    @Test
    void relayIsWhatAnswersAtItsAddress() throws Exception {
        home.config("[providers.relay]\nbase_url = \"%s\"\n".formatted(openAi.baseUrl()));
        openAi.lists("{\"data\":[{\"id\":\"Qwen3.gguf\"}]}");
        answersWell();
        Ended ended = home.hal0().run("smoke:provider", "--provider", "relay");
        assertPasses(ended);
        assertThat(ended.out()).contains("Qwen3.gguf", "local");
    }

    @Test
    void anAddressOfTheUsersIsNotReplacedByTheOwnRelay() throws Exception {
        home.config("[providers.relay]\nbase_url = \"%s\"\n".formatted(address()));
        Ended ended = home.hal0().run("smoke:provider", "--provider", "relay");
        assertThat(ended.exit()).isEqualTo(ExitCode.UPSTREAM);
        assertThat(ended.out()).contains("FAIL", "Check that it runs");
    }

    @Test
    void behindTheRelayPresetStandsTheOwnRelayWithTheActiveModel() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            // Somebody may really listen there.
            taken.bind(new InetSocketAddress("127.0.0.1", 1234));
        } catch (BindException e) {
            abort("port 1234 is in use here");
        }
        answersWell();
        Ended ended = home.hal0().run("smoke:provider", "--provider", "relay");
        assertPasses(ended);
        assertThat(ended.out()).contains("oa/m1");
        assertThat(home.relayFile()).doesNotExist();
        answersWell();
        try (Hal0Process serve = home.hal0().start("serve", "--port", "0")) {
            serve.relayAddress();
            assertPasses(home.hal0().run("smoke:provider", "--provider", "relay"));
            assertThat(home.relayFile()).exists();
        }
    }

    @Test
    void ctrlCEndsIt() throws Exception {
        try (SlowProvider silent = SlowProvider.silent()) {
            home.providers(silent.baseUrl(), silent.baseUrl());
            try (Hal0Process smoke = home.hal0().start("smoke:provider")) {
                silent.awaitAsked();
                smoke.signal("INT");
                silent.awaitClientLeft();
                assertThat(smoke.ended().exit()).isEqualTo(ExitCode.INTERRUPTED);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2, smoke:provider --all --provider oa, --all",
        "3, smoke:provider --provider nobody, there is no provider"
    })
    void misuseIsExplained(int exit, String arguments, String words) throws Exception {
        Ended ended = home.hal0().run(arguments.split(" "));
        assertThat(ended.exit()).isEqualTo(exit);
        assertThat(ended.err()).contains(words);
    }
}
