package hal0.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `/api/usage`, `/api/settings`, `/api/health/system` and the catalog of presets.
class RecordsApiTest {
    @TempDir private Path folder;
    private ApiFixture api;

    @BeforeEach
    void start() throws Exception {
        ApiFixture.write(
                folder,
                "config.toml",
                "# Mine.\n[active]\nprovider = \"demo\"   # for now\n[budget]\nday_usd = 1.0\n");
        api = new ApiFixture(folder, Map.of());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aRequestThatIsOverIsCounted() throws Exception {
        assertThat(api.get("/api/usage").text()).isEqualTo("[]");
        String chat =
                "{\"model\":\"demo/demo\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        assertThat(api.send("POST", "/v1/chat/completions", chat).status()).isEqualTo(200);

        var usage = api.get("/api/usage?by=model&since=today").body();

        assertThat(usage).hasSize(1);
        assertThat(usage.get(0).path("model").asText()).isEqualTo("demo/demo");
        assertThat(usage.get(0).path("requests").asInt()).isEqualTo(1);
        assertThat(usage.get(0).path("cost_usd").isNumber()).isTrue();
        assertThat(api.get("/api/usage.csv?by=model&since=all").text())
                .startsWith("model,requests,failed,")
                .contains("\ndemo/demo,1,0,");
        assertThat(api.get("/api/usage?since=2999-01-01").text()).isEqualTo("[]");
    }

    @Test
    void whoChangedAKeyIsNoted() throws Exception {
        String boss = "{\"name\":\"boss\",\"scope\":\"admin\"}";
        assertThat(api.send("POST", "/api/keys", boss).status()).isEqualTo(201);

        // From here on the API is for who has the key.
        var noted = api.hal0().planes().own().activity(1, Long.MAX_VALUE).getFirst().deed();

        assertThat(noted.action()).isEqualTo("key.created");
        assertThat(noted.subject()).isEqualTo("boss");
        assertThat(noted.actor()).isEqualTo("local");
    }

    @Test
    void singleCallsComeNewestFirst() throws Exception {
        String chat =
                "{\"model\":\"demo/%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        api.send("POST", "/v1/chat/completions", chat.formatted("a"));
        api.send("POST", "/v1/chat/completions", chat.formatted("b"));

        var calls = api.get("/api/usage?by=request").body();

        assertThat(calls).hasSize(2);
        assertThat(calls.get(0).path("requested_model").asText()).isEqualTo("demo/b");
        assertThat(calls.get(0).path("streamed").isBoolean()).isTrue();
        assertThat(calls.get(1).path("requested_model").asText()).isEqualTo("demo/a");
        assertThat(api.get("/api/usage?by=request&limit=1").body()).hasSize(1);
        assertThat(api.get("/api/usage.csv?by=request").text())
                .startsWith("request_id,at,")
                .contains("demo/a", "demo/b");
        assertThat(api.get("/api/usage?by=request&limit=0").locs()).isEqualTo("limit");
    }

    @Test
    void whatCannotBeAskedForIsToldAllAtOnce() throws Exception {
        var answer = api.get("/api/usage?by=colour&since=yesterday");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.locs()).isEqualTo("by since");
        assertThat(answer.message()).contains("provider, model", "2026-11-01");
    }

    @Test
    void aSettingIsChangedInItsPlaceAndHoldsAtOnce() throws Exception {
        var changed =
                api.send(
                        "PUT",
                        "/api/settings",
                        "{\"values\":{\"active.model\":\"other\",\"budget.day_usd\":null}}");

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(api.read("config.toml"))
                .startsWith("# Mine.\n[active]\nprovider = \"demo\"   # for now\n")
                .contains("model = \"other\"")
                .doesNotContain("day_usd");
        assertThat(api.get("/api/status").body().path("active").path("model").asText())
                .isEqualTo("other");
        assertThat(api.get("/api/activity").text()).contains("settings.change", "active.model");

        String before = api.read("config.toml");
        var wrong =
                api.send("PUT", "/api/settings", "{\"values\":{\"active.provider\":\"nobody\"}}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.message()).contains("nobody");
        assertThat(api.send("PUT", "/api/settings", "{\"values\":{}}").locs()).isEqualTo("values");
        assertThat(api.send("PUT", "/api/settings", "{\"values\":{\"a.b\":{\"c\":1}}}").locs())
                .isEqualTo("values.a.b");
        assertThat(api.read("config.toml")).isEqualTo(before);
    }

    @Test
    void whatIsWrongIsSeenInTheHealth() throws Exception {
        assertThat(api.get("/api/health/system").body().path("status").asText()).isEqualTo("ok");
        ApiFixture.write(folder, "config.toml", "[active]\nmoddel = 1\n");
        api.send("POST", "/api/reload", "");

        var health = api.get("/api/health/system").body();

        assertThat(health.path("status").asText()).isEqualTo("degraded");
        assertThat(health.path("checks").get(0).path("message").asText()).contains("config.toml:2");
        assertThat(api.get("/api/health").body().path("status").asText()).isEqualTo("ok");
    }

    @Test
    void presetsAreListedWithWhatTheyNeed() throws Exception {
        var catalog = api.get("/api/providers/catalog").body();

        assertThat(catalog)
                .anySatisfy(preset -> {
                    assertThat(preset.path("id").asText()).isEqualTo("anthropic");
                    assertThat(preset.path("auth_header_name").asText()).isEqualTo("x-api-key");
                    assertThat(preset.path("models_path").asText()).contains("/v1/models");
                });
        assertThat(catalog)
                .anySatisfy(preset -> {
                    assertThat(preset.path("id").asText()).isEqualTo("ollama");
                    assertThat(preset.path("category").asText()).isEqualTo("local");
                });
    }
}
