package hal0.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.wiring.ApiFixture.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `/api/profiles` and `/api/capabilities`, and what they write.
class ProfileApiTest {
    @TempDir private Path folder;
    private ApiFixture api;

    @BeforeEach
    void start() throws Exception {
        ApiFixture.write(folder, "config.toml", "[active]\nprovider = \"demo\"\n");
        Files.createDirectory(folder.resolve("slots"));
        ApiFixture.write(
                folder,
                "slots/fast.toml",
                "[slot]\nenabled = false\nprofile = \"embed\"\n[model]\ndefault = \"tiny\"\n");
        api = new ApiFixture(folder, Map.of());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void profilesAreListedAddedChangedAndTakenAway() throws Exception {
        Answer list = api.get("/api/profiles");
        assertThat(list.body()).hasSize(10);
        assertThat(list.body().get(0).path("name").asText()).isEqualTo("llama-server");
        assertThat(list.body().get(0).path("built_in").asBoolean()).isTrue();
        assertThat(list.body().get(0).path("source").isNull()).isTrue();

        Answer added =
                api.send(
                        "POST",
                        "/api/profiles",
                        "{\"name\":\"mine\",\"image\":\"example.com/m:1\",\"devices\":\"cpu\",\"command\":[\"-m\",\"${MODEL}\"]}");
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        assertThat(added.body().path("source").asText()).isEqualTo("profiles.toml:1");
        assertThat(api.read("profiles.toml")).contains("[profile.mine]", "devices = [\"cpu\"]");
        assertThat(api.get("/api/profiles/mine").body()).isEqualTo(added.body());

        Answer changed =
                api.send(
                        "PUT",
                        "/api/profiles/mine",
                        "{\"image\":\"example.com/m:2\",\"devices\":null}");
        assertThat(changed.body().path("image").asText()).isEqualTo("example.com/m:2");
        assertThat(changed.body().path("devices")).isEmpty();

        assertThat(api.send("DELETE", "/api/profiles/mine", "").status()).isEqualTo(200);
        assertThat(api.get("/api/profiles/mine").code()).isEqualTo("profile.not_found");
        assertThat(api.get("/api/activity").text())
                .contains("profile.create", "profile.change", "profile.remove");
    }

    @Test
    void whatCannotBeIsRefusedByItsCode() throws Exception {
        assertThat(api.send("DELETE", "/api/profiles/embed", "").code())
                .isEqualTo("profile.invalid");
        assertThat(api.send("PUT", "/api/profiles/none", "{\"image\":\"x.com/a:1\"}").status())
                .isEqualTo(404);
        assertThat(api.send("POST", "/api/profiles", "{\"name\":\"No\"}").code())
                .isEqualTo("profile.invalid");
        assertThat(api.send("POST", "/api/profiles", "{\"nam\":\"x\"}").code())
                .isEqualTo("validation.invalid");
        String one = "{\"name\":\"one\",\"image\":\"example.com/m:1\"}";
        assertThat(api.send("POST", "/api/profiles", one).status()).isEqualTo(201);
        assertThat(api.send("POST", "/api/profiles", one).code())
                .isEqualTo("profile.already_exists");
    }

    @Test
    void capabilitiesAreChosenAmongTheSlotsThatAreThere() throws Exception {
        JsonNode chat = api.get("/api/capabilities").body().get(0);
        assertThat(chat.path("capability").asText()).isEqualTo("chat");
        assertThat(chat.path("slot").asText()).isEqualTo("chat");
        assertThat(chat.path("chosen").asBoolean()).isFalse();
        assertThat(chat.path("defined").asBoolean()).isFalse();
        Answer chosen = api.send("PUT", "/api/capabilities", "{\"chat\":\"fast\"}");
        assertThat(chosen.status()).as(chosen.text()).isEqualTo(200);
        JsonNode fast = chosen.body().get(0);
        assertThat(fast.path("slot").asText()).isEqualTo("fast");
        assertThat(fast.path("chosen").asBoolean()).isTrue();
        assertThat(fast.path("defined").asBoolean()).isTrue();
        assertThat(fast.path("model").asText()).isEqualTo("tiny");
        assertThat(api.read("config.toml")).contains("[capabilities]\nchat = \"fast\"");
        Answer wrong = api.send("PUT", "/api/capabilities", "{\"embed\":\"fasst\"}");
        assertThat(wrong.status()).isEqualTo(404);
        assertThat(wrong.message()).contains("did you mean \"fast\"?");
        assertThat(api.send("PUT", "/api/capabilities", "{\"chat\":null}").status()).isEqualTo(200);
        assertThat(api.read("config.toml")).doesNotContain("fast");
    }
}
