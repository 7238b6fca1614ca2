package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import hal0.providers.testing.ScriptedProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `hal0 bench`, as a user calls it.
class BenchCommandTest {
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

    @Test
    void theActiveModelIsMeasuredThroughARelayThatIsStartedForIt() throws Exception {
        openAi.says("one, ", "two").says("one, ", "two");
        Ended ended = home.hal0().run("bench", "--rounds", "2", "--json");
        assertThat(ended.exit()).as(ended.err()).isZero();
        JsonNode row = TestHome.json(ended.out()).get(0);
        assertThat(row.path("model").textValue()).isEqualTo("oa/m1");
        assertThat(row.path("rounds").intValue()).isEqualTo(2);
        assertThat(row.path("first_token_ms").isNumber()).isTrue();
        assertThat(row.path("total_ms").longValue())
                .isGreaterThanOrEqualTo(row.path("first_token_ms").longValue());
        assertThat(row.path("output_tokens").longValue()).isPositive();
        assertThat(row.path("overhead_us").longValue()).isPositive();
        assertThat(row.path("cost_usd").decimalValue()).isPositive();
        assertThat(ended.err().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("oa/m1 ") && line.contains("first token after"));
        assertThat(home.ledger()).hasSize(2).allMatch(row2 -> row2.client().equals("bench"));
        assertThat(openAi.asked())
                .extracting(ScriptedProvider.Asked::body)
                .allMatch(body -> body.contains("\"stream\":true"));
    }

    @Test
    void aRoundThatFailsEndsThatModelAndSaysWhy() throws Exception {
        openAi.says("one").fails(400, "{\"error\":{\"message\":\"no numbers today\"}}");
        Ended ended = home.hal0().run("bench");
        assertThat(ended.exit()).isEqualTo(ExitCode.UPSTREAM);
        assertThat(ended.out()).contains("1 of 2", "no numbers today");
        assertThat(openAi.asked()).hasSize(2);
    }

    @Test
    void whatCannotBeMeasuredIsSkippedAndTheExitSaysSo() throws Exception {
        home.config("");
        Ended ended = home.hal0().run("bench");
        assertThat(ended.exit()).isEqualTo(ExitCode.SKIPPED);
        assertThat(ended.out()).contains("no model is chosen");
        assertThat(ended.err()).contains("SKIP: nothing could be measured");
    }

    @Test
    void wrongNumbersAreRefusedBeforeAnythingIsAsked() throws Exception {
        Ended ended = home.hal0().run("bench", "--rounds", "0");
        assertThat(ended.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.err()).contains("--rounds is 1 to 100");
        assertThat(openAi.asked()).isEmpty();
    }
}
