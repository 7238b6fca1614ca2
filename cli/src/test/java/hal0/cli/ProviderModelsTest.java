package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import hal0.providers.testing.ScriptedProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `hal0 providers models` and `catalog`, and what a request costs that nobody wrote a price for.
class ProviderModelsTest {
    @TempDir Path folder;
    private final ScriptedProvider server = ScriptedProvider.openAi();

    @AfterEach
    void close() {
        server.close();
    }

    private TestHome home() throws Exception {
        return new TestHome(folder)
                .config(
                        """
                        [active]
                        provider = "openai"
                        model = "gpt-4.1"

                        [providers.openai]
                        base_url = "%1$s"
                        auth_style = "none"
                        model_filters = { exclude = ["hidden*"] }

                        [models]
                        catalog_url = "%1$s/models"
                        """
                                .formatted(server.baseUrl()));
    }

    private static JsonNode json(Ended ended) throws Exception {
        assertThat(ended.exit()).as(ended.err()).isEqualTo(ExitCode.DONE);
        return new ObjectMapper().readTree(ended.out());
    }

    private static JsonNode named(JsonNode rows, String id) {
        for (JsonNode row : rows) {
            if (row.path("id").asText().equals(id)) {
                return row;
            }
        }
        throw new AssertionError(id + " is not among " + rows);
    }

    @Test
    void aRequestIsPricedFromTheCatalogAndAsksForNoListTwice() throws Exception {
        server.says("Hi").says("Hi");
        JsonNode answer = json(home().hal0().run("ask", "--output", "json", "hello"));

        // 10 tokens at 2 USD and 5 at 8 USD a million.
        assertThat(answer.path("cost_usd").decimalValue()).isEqualByComparingTo("0.00006");
        server.lists("{\"data\":[{\"id\":\"gpt-4.1\"}]}");
        home().hal0().run("ask", "-m", "gpt-4.1", "hello");
        assertThat(server.asked()).filteredOn(asked -> asked.method().equals("GET")).isEmpty();
    }

    @Test
    void aListIsCompletedFromTheCatalogAndKept() throws Exception {
        server.lists(
                "{\"data\":[{\"id\":\"gpt-5-2025-08-07\"},{\"id\":\"hidden-1\"},{\"id\":\"mystery\"}]}");
        JsonNode models = json(home().hal0().run("providers", "models", "openai", "--json"));

        JsonNode known = named(models, "gpt-5-2025-08-07");
        assertThat(known.path("context").asLong()).isEqualTo(400_000);
        assertThat(known.path("abilities").path("images").asBoolean()).isTrue();
        assertThat(known.path("usd_per_1m").path("input").decimalValue())
                .isEqualByComparingTo("1.25");
        assertThat(known.path("listed").asBoolean()).isTrue();
        assertThat(named(models, "mystery").path("usd_per_1m").isNull()).isTrue();
        assertThat(models.toString()).doesNotContain("hidden-1");

        assertThat(json(home().hal0().run("providers", "models", "openai", "--json")))
                .isEqualTo(models);
        assertThat(server.asked()).hasSize(1);
        server.lists("{\"data\":[{\"id\":\"newest\"}]}");
        assertThat(
                        json(home().hal0()
                                        .run(
                                                "providers",
                                                "models",
                                                "openai",
                                                "--refresh",
                                                "--json"))
                                .toString())
                .contains("newest");
    }

    @Test
    void withoutAnAnswerTheCatalogIsShownAndSaidToBe() throws Exception {
        TestHome home = home();
        server.close();
        Ended ended = home.hal0().run("providers", "models", "openai");

        assertThat(ended.exit()).isEqualTo(ExitCode.DONE);
        assertThat(ended.err()).contains("warning", "openai", "what the catalog knows");
        assertThat(ended.out())
                .contains("gpt-6-sol", "1,050,000", "2 / 10, cached 0.2; above 272,000: 4 / 15");
    }

    @Test
    void aNewerCatalogIsFetchedOnlyWhenAskedFor() throws Exception {
        server.lists(
                "{\"openai\":{\"models\":{\"gpt-4.1\":{\"id\":\"gpt-4.1\",\"cost\":{\"input\":100,\"output\":100}}}}}");
        JsonNode before = json(home().hal0().run("providers", "catalog", "--json"));
        assertThat(named(before, "openai").path("as_of").asText()).isNotEmpty();
        assertThat(named(before, "openai").path("refreshed_at").isNull()).isTrue();
        assertThat(server.asked()).isEmpty();

        Ended refreshed = home().hal0().run("providers", "catalog", "--refresh", "--json");
        assertThat(named(json(refreshed), "openai").path("refreshed_at").isNull()).isFalse();
        assertThat(refreshed.err()).contains("1 models were fetched");
        server.says("Hi");
        JsonNode answer = json(home().hal0().run("ask", "--output", "json", "hello"));
        assertThat(answer.path("cost_usd").decimalValue()).isEqualByComparingTo("0.0015");
    }

    @Test
    void aDocumentThatIsNoCatalogFailsAndChangesNothing() throws Exception {
        server.lists("<html>");
        Ended ended = home().hal0().run("providers", "catalog", "--refresh");

        assertThat(ended.exit()).isEqualTo(ExitCode.UPSTREAM);
        assertThat(ended.err()).contains("catalog_url", "stays in use");
        new TestHome(folder).config("");
        Ended nowhere = new TestHome(folder).hal0().run("providers", "catalog", "--refresh");
        assertThat(nowhere.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(nowhere.err()).contains("catalog_url");
    }
}
