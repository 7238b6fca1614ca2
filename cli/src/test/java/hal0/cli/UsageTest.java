package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import hal0.providers.testing.ScriptedProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `hal0 usage` over what `hal0 ask` really left in the ledger. An answer of the scripted provider
/// has 10 tokens in and 5 out: 0.000075 USD from `oa`, of unknown price from `an`.
class UsageTest {
    @TempDir Path folder;
    private final ScriptedProvider openAi = ScriptedProvider.openAi();
    private final ScriptedProvider anthropic = ScriptedProvider.anthropic();
    private TestHome home;

    @BeforeEach
    void configure() throws Exception {
        home = new TestHome(folder).providers(openAi.baseUrl(), anthropic.baseUrl());
    }

    @AfterEach
    void close() {
        openAi.close();
        anthropic.close();
    }

    private void ask(String... arguments) throws Exception {
        (arguments.length > 1 ? anthropic : openAi).says("fine");
        String[] all = new String[arguments.length + 1];
        all[0] = "ask";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Ended asked = home.hal0().run(all);
        assertThat(asked.exit()).as(asked.err()).isEqualTo(ExitCode.DONE);
    }

    private Ended usage(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "usage";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return home.hal0().set("TZ", "Asia/Kathmandu").run(all);
    }

    @Test
    void spendIsAddedUpAndUnknownPricesAreNamedBesideIt() throws Exception {
        ask("one");
        ask("two");
        ask("--model", "an/m", "three");

        Ended usage = usage("--by", "provider");

        assertThat(usage.exit()).as(usage.err()).isEqualTo(ExitCode.DONE);
        assertThat(usage.out().lines().map(line -> line.replaceAll(" {2,}", "|")))
                .containsExactly(
                        "PROVIDER|REQUESTS|INPUT|CACHED|OUTPUT|COST",
                        "oa|2|20|0|10|$0.00015",
                        "an|1|10|0|5|1 answer of unknown price",
                        "total|3|30|0|15|$0.00015 + 1 answer of unknown price");
    }

    @Test
    void programsGetExactNumbersAndNullForWhatNobodyKnows() throws Exception {
        ask("one");
        ask("--model", "an/m", "two");

        JsonNode rows = TestHome.json(usage("--by", "model", "--since", "today", "--json").out());

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).get("model").textValue()).isEqualTo("oa/m1");
        assertThat(rows.get(0).get("cost_usd").decimalValue()).isEqualByComparingTo("0.000075");
        assertThat(rows.get(0).get("input_tokens").longValue()).isEqualTo(10);
        assertThat(rows.get(1).get("model").textValue()).isEqualTo("an/m");
        assertThat(rows.get(1).get("cost_usd").isNull()).isTrue();
        assertThat(rows.get(1).get("unpriced").longValue()).isEqualTo(1);
    }

    @Test
    void csvHasAHeadingAndTheDaysOfTheMachinesZone() throws Exception {
        ZoneId zone = ZoneId.of("Asia/Kathmandu");
        LocalDate before = LocalDate.now(zone);
        ask("one");
        LocalDate after = LocalDate.now(zone);

        Ended days = usage("--by", "day", "--since", "2d", "--csv");
        Ended months = usage("--by", "month", "--csv");

        String heading =
                "requests,failed,input_tokens,output_tokens,cache_read_tokens,cache_write_tokens,reasoning_tokens,cost_usd,priced,local,unpriced";
        String counts = "1,0,10,5,0,0,0,0.000075,1,0,0";
        assertThat(days.out())
                .isIn(
                        "day,%s%n%s,%s%n".formatted(heading, before, counts),
                        "day,%s%n%s,%s%n".formatted(heading, after, counts));
        assertThat(months.out())
                .isIn(
                        "month,%s%n%s,%s%n".formatted(heading, YearMonth.from(before), counts),
                        "month,%s%n%s,%s%n".formatted(heading, YearMonth.from(after), counts));
    }

    @Test
    void sessionsAndClientsCanBeToldApart() throws Exception {
        ask("one");
        ask("two");

        JsonNode sessions = TestHome.json(usage("--by", "session", "--json").out());
        JsonNode keys = TestHome.json(usage("--by", "key", "--json").out());

        assertThat(sessions).hasSize(2);
        assertThat(sessions.get(0).get("session").textValue())
                .isNotEqualTo(sessions.get(1).get("session").textValue());
        assertThat(keys).hasSize(1);
        assertThat(keys.get(0).get("key").textValue()).isEqualTo("ask");
        assertThat(keys.get(0).get("requests").longValue()).isEqualTo(2);
    }

    @Test
    void eachRequestCanBeLookedAtNewestFirst() throws Exception {
        ask("one");
        ask("--model", "an/m", "two");

        JsonNode all = TestHome.json(usage("--by", "request", "--json").out());
        Ended newest = usage("--by", "request", "--limit", "1");

        assertThat(all).hasSize(2);
        assertThat(all.get(0).get("provider").textValue()).isEqualTo("an");
        assertThat(all.get(0).get("cost_usd").isNull()).isTrue();
        assertThat(all.get(1).get("request_id").textValue()).startsWith("req_");
        assertThat(all.get(1).get("cost_usd").decimalValue()).isEqualByComparingTo("0.000075");
        assertThat(all.get(1).get("estimated").booleanValue()).isFalse();
        assertThat(newest.out()).contains("an/m", "answered", "n/a").doesNotContain("oa/m1");
    }

    @Test
    void localModelsAreShownAsLocal() throws Exception {
        Path file = folder.resolve("config.toml");
        Files.writeString(
                file,
                Files.readString(file).replace("[providers.an]", "[providers.an]\nlocal = true"));
        ask("--model", "an/m", "one");

        assertThat(usage().out()).containsPattern("an .* local\\R").doesNotContain("$", "unknown");
    }

    @Test
    void itReadsBesideTheProcessThatWrites() throws Exception {
        try (Hal0Process serve = home.hal0().start("serve", "--port", "0")) {
            assertThat(serve.relayAddress()).isNotEmpty();
            ask("through the owner");

            Ended usage = usage();

            assertThat(usage.exit()).as(usage.err()).isEqualTo(ExitCode.DONE);
            // The owner writes rows in batches, a moment after the answer.
            assertThat(usage.out() + usage.err()).containsAnyOf("$0.000075", "No model was asked");
            ask("again");
        }
        assertThat(usage().out()).contains("$0.00015");
    }

    @Test
    void terminalShowsBars() throws Exception {
        ask("one");
        ask("--model", "an/m", "two");

        try (PtyProgram hal0 = PtyProgram.start(home.hal0(), "usage")) {
            hal0.await("BY COST", "████████████████", "unknown price");
            assertThat(hal0.ended()).isZero();
        }
    }

    @Test
    void homeWhereNothingWasAskedStaysAsItIs() throws Exception {
        Ended usage = usage();

        assertThat(usage.exit()).isEqualTo(ExitCode.DONE);
        assertThat(usage.out()).isEmpty();
        assertThat(usage.err()).contains("No model was asked since ");
        assertThat(folder.resolve("data")).doesNotExist();
        assertThat(TestHome.json(usage("--json").out())).isEmpty();
    }

    @Test
    void timeThatIsNoneIsRefusedWithTheFormsThereAre() throws Exception {
        Ended usage = usage("--since", "yesterday");

        assertThat(usage.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(usage.err()).contains("--since \"yesterday\"", "7d", "today", "month");
    }

    @Test
    void groupThatIsNoneIsRefusedWithThoseThereAre() throws Exception {
        Ended usage = usage("--by", "colour");

        assertThat(usage.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(usage.err()).containsIgnoringCase("provider").containsIgnoringCase("session");
    }
}
