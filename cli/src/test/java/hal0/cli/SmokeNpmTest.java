package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.Hal0Process.Ended;
import hal0.providers.Presets;
import hal0.providers.Provider;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every preset against aimock, a program of others that plays all of them, in peace and in chaos.
@Tag("npm")
class SmokeNpmTest {
    private static final String CUSTOM = "http://127.0.0.1:9/v1";
    private static final List<Provider> PRESETS =
            Presets.of(name -> Optional.of(CUSTOM).filter(_ -> name.equals("HAL0_CUSTOM_BASE_URL")))
                    .all();

    @TempDir Path folder;
    private Path npm;

    @BeforeEach
    void find() {
        String where = System.getenv("HAL0_TEST_NPM");
        assumeTrue(
                where != null && !where.isEmpty(),
                "HAL0_TEST_NPM names no folder with node_modules (.ci/run makes one)");
        npm = Path.of(where);
    }

    private Aimock aimock(String... more) throws Exception {
        Path fixtures = Path.of(SmokeNpmTest.class.getResource("/npm/smoke.json").toURI());
        return Aimock.start(npm, fixtures, more);
    }

    /// A home in which every preset but demo is where aimock listens, and has its key.
    private Hal0Process.Setup everyPresetAt(URI aimock, int retries) throws Exception {
        StringBuilder toml = new StringBuilder();
        Hal0Process.Setup hal0 = new TestHome(folder).hal0();
        for (Provider preset : PRESETS) {
            preset.keyNames().forEach(name -> hal0.set(name, "test-key"));
            if (preset.id().equals(Presets.CUSTOM)) {
                hal0.set("HAL0_CUSTOM_BASE_URL", aimock + "/v1");
            } else if (!preset.id().equals(Presets.DEMO)) {
                // aimock lists models at /v1 only, and those without a usual model need a list.
                boolean needsList = preset.defaultModel() == null;
                String path = needsList ? "/v1" : preset.baseUrl().getPath();
                toml.append(
                        "[providers.%s]\nbase_url = \"%s%s\"\nretries = %d\n"
                                .formatted(preset.id(), aimock, path, retries));
            }
        }
        new TestHome(folder).config(toml.toString());
        return hal0;
    }

    private static Map<String, List<JsonNode>> byProvider(Ended ended) throws Exception {
        Map<String, List<JsonNode>> rows = new HashMap<>();
        for (JsonNode row : TestHome.json(ended.out())) {
            rows.computeIfAbsent(row.path("provider").asText(), _ -> new ArrayList<>()).add(row);
        }
        return rows;
    }

    @Test
    void everyPresetAnswersStreamsAndCallsATool() throws Exception {
        try (Aimock aimock = aimock()) {
            Ended ended =
                    everyPresetAt(aimock.address(), 1).run("smoke:provider", "--all", "--json");
            assertThat(ended.exit()).as(ended.err()).isZero();
            Map<String, List<JsonNode>> rows = byProvider(ended);
            for (Provider preset : PRESETS) {
                boolean demo = preset.id().equals(Presets.DEMO);
                assertThat(rows.get(preset.id()))
                        .as(preset.id())
                        .hasSize(demo ? 1 : 3)
                        .allSatisfy(row ->
                                assertThat(row.path("status").asText())
                                        .as(row.toString())
                                        .isEqualTo(demo ? "skip" : "pass"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--chaos-drop,0.3",
        "--chaos-malformed,0.3",
        "--chaos-disconnect,0.3",
        "--chaos-ratelimit,0.2",
        "--chaos-drop,1",
        "--chaos-malformed,1",
        "--chaos-disconnect,1",
        "--chaos-ratelimit,1"
    })
    void chaosIsToldAndNeverTakenForSuccess(String kind, String rate) throws Exception {
        try (Aimock aimock = aimock(kind, rate)) {
            // Nobody who refuses always is better for being asked again.
            Ended ended =
                    everyPresetAt(aimock.address(), rate.equals("1") ? 0 : 1)
                            .run("smoke:provider", "--all", "--json");
            assertThat(ended.err()).doesNotContain("fault of hal0", "Exception");
            List<String> statuses = new ArrayList<>();
            byProvider(ended)
                    .forEach((id, rows) ->
                            rows.forEach(row -> {
                                String status = row.path("status").asText();
                                statuses.add(status);
                                assertThat(status).isIn("pass", "fail", "skip");
                                assertThat(row.path("message").asText().isEmpty())
                                        .as(row.toString())
                                        .isEqualTo(status.equals("pass"));
                            }));
            assertThat(ended.exit()).isEqualTo(statuses.contains("fail") ? 4 : 0);
            if (rate.equals("1")) {
                assertThat(statuses).contains("fail").doesNotContain("pass");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"openai", "anthropic"})
    void deepFindsWhatAModelDoes(String id) throws Exception {
        try (Aimock aimock = aimock()) {
            Ended ended =
                    everyPresetAt(aimock.address(), 1)
                            .run("providers", "test", id, "--deep", "--json");
            assertThat(ended.exit()).as(ended.err()).isZero();
            JsonNode row = TestHome.json(ended.out()).get(0);
            assertThat(row.path("key").asText()).isEqualTo("accepted");
            Map<String, String> has = new HashMap<>();
            row.path("deep")
                    .path("capabilities")
                    .forEach(c -> has.put(c.path("capability").asText(), c.path("has").asText()));
            assertThat(has)
                    .hasSize(9)
                    .containsEntry("streaming", "yes")
                    .containsEntry("tools", "yes")
                    .containsEntry("parallel_tools", "yes")
                    .containsEntry("images", "yes")
                    .containsEntry("thinking", "yes")
                    .containsEntry("system_prompt", "yes")
                    .containsEntry("prompt_caching", "unclear");
        }
    }
}
