package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands of one home that talk to the relay of another.
class ApiUrlTest {
    @TempDir private Path there;
    @TempDir private Path here;
    private Hal0Process serve;
    private String address;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(there.resolve("config.toml"), "[active]\nprovider = \"demo\"\n");
        serve = Hal0Process.in(there).start("serve", "--port", "0");
        address = serve.relayAddress();
    }

    @AfterEach
    void stop() throws Exception {
        serve.close();
    }

    private Ended run(String... arguments) throws Exception {
        return Hal0Process.in(here).set("HAL0_API_URL", address).run(arguments);
    }

    private Ended done(String... arguments) throws Exception {
        Ended ended = run(arguments);
        assertThat(ended.exit()).as(ended.err()).isEqualTo(ExitCode.DONE);
        return ended;
    }

    @Test
    void providersAreDeclaredThere() throws Exception {
        done(
                "providers",
                "add",
                "box",
                "--upstreams",
                "--base-url",
                "http://box.test/v1",
                "--api-key-env",
                "BOX_API_KEY");
        done("providers", "disable", "box");
        Ended set =
                Hal0Process.in(here)
                        .set("HAL0_API_URL", address)
                        .input("sk-of-the-box")
                        .run("providers", "credentials", "set", "box");
        assertThat(set.exit()).as(set.err()).isEqualTo(ExitCode.DONE);

        assertThat(Files.readString(there.resolve("upstreams.toml")))
                .contains("name = \"box\"", "enabled = false", "BOX_API_KEY");
        assertThat(Files.readString(there.resolve("api.env"))).contains("sk-of-the-box");
        assertThat(here.resolve("upstreams.toml")).doesNotExist();
        assertThat(here.resolve("api.env")).doesNotExist();

        done("providers", "use", "demo", "other");
        assertThat(Files.readString(there.resolve("config.toml"))).contains("other");
        done("providers", "remove", "box");
        assertThat(Files.readString(there.resolve("upstreams.toml"))).doesNotContain("box");
        assertThat(run("providers", "remove", "box").err())
                .contains("there is no upstream \"box\"");
    }

    /// What is looked at there is what is seen there.
    private void same(String... arguments) throws Exception {
        Ended seen = Hal0Process.in(there).run(arguments);
        Ended told = run(arguments);
        assertThat(told.out()).as(told.err()).isEqualTo(seen.out());
        assertThat(told.exit()).isEqualTo(seen.exit());
    }

    @Test
    void providersAreLookedAtThere() throws Exception {
        done("providers", "add", "box", "--upstreams", "--base-url", "http://127.0.0.1:9/v1");

        same("providers", "list", "--json");
        same("providers", "show", "box", "--json");
        same("providers", "models", "demo", "--json");
        assertThat(done("providers", "list").out()).contains("box", "upstreams.toml:");
        Ended failed = run("providers", "models", "box");
        assertThat(failed.exit()).isEqualTo(ExitCode.UPSTREAM);
        assertThat(failed.err()).contains("127.0.0.1:9");
        assertThat(run("providers", "show", "nobody").err()).contains("\"nobody\"");
    }

    @Test
    void providersAreTriedFromThere() throws Exception {
        done("providers", "add", "box", "--upstreams", "--base-url", "http://127.0.0.1:9/v1");

        Ended box = run("providers", "test", "box");
        assertThat(box.exit()).isEqualTo(ExitCode.UPSTREAM);
        assertThat(box.out()).contains("FAIL", "connect", "127.0.0.1:9");
        try (MockWebServer server = new MockWebServer()) {
            server.setDispatcher(new OneModel());
            server.start();
            String url = server.url("/v1").toString();
            done("providers", "add", "one", "--upstreams", "--base-url", url);
            assertThat(done("providers", "test", "one", "--deep", "--json").out())
                    .contains("\"pass\"", "\"model\" : \"m\"", "\"streaming\"");
        }
        Ended nowhere = run("providers", "catalog", "--refresh");
        assertThat(nowhere.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(nowhere.err()).contains("catalog_url");
    }

    /// A provider whose model says one word, whatever it is asked.
    private static final class OneModel extends Dispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            if (request.getTarget().endsWith("/models")) {
                return new MockResponse.Builder().body("{\"data\":[{\"id\":\"m\"}]}").build();
            }
            return new MockResponse.Builder()
                    .addHeader("Content-Type", "text/event-stream")
                    .body(
                            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hello\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
                    .build();
        }
    }

    @Test
    void theDoctorTellsHowTheRelayIsReachedAndWhatItFindsAboutItself() throws Exception {
        Path config = here.resolve("config.toml");
        Files.writeString(config, "[relay]\nprot = 1\n");
        String checked = run("doctor").out();
        assertThat(checked)
                .contains("link.address", "link.version", "link.clock", "none is needed")
                .contains("owns this home")
                .doesNotContain("prot", "terminal");

        Files.delete(config);
        String phone = done("keys", "create", "phone").out().strip();
        assertThat(run("doctor").out()).contains("FAIL  link.key", "HAL0_API_KEY is not set");
        assertThat(withKey(phone, "doctor").out()).contains("WARN  link.key", "scope client");
        assertThat(withKey("hal0-wrong", "doctor").out())
                .contains("FAIL  link.key")
                .doesNotContain("hal0-wrong");
    }

    @Test
    void spendIsThatOfTheOtherHome() throws Exception {
        assertThat(Hal0Process.in(there).run("ask", "hello").exit()).isEqualTo(ExitCode.DONE);

        assertThat(done("usage", "--by", "model", "--csv").out()).contains("\ndemo/");
        assertThat(Hal0Process.in(here).run("usage", "--csv").out()).doesNotContain("demo/");
    }

    @Test
    void keysAreMadeThereWhileNoneIsNeededYet() throws Exception {
        assertThat(done("keys", "create", "phone").out()).startsWith("hal0-");
        assertThat(Hal0Process.in(there).run("keys", "list").out()).contains("phone");
        assertThat(Hal0Process.in(here).run("keys", "list").out()).doesNotContain("phone");
    }

    @Test
    void questionsGoToTheModelThatIsActiveThereAndAreMeteredThere() throws Exception {
        assertThat(done("ask", "hello").out()).isNotBlank();
        assertThat(done("ask", "--model", "demo/demo", "hello").out()).isNotBlank();
        assertThat(done("run", "hello").out()).isNotBlank();

        assertThat(Hal0Process.in(there).run("usage", "--by", "model", "--csv").out())
                .contains("\ndemo/");
        assertThat(Hal0Process.in(here).run("usage", "--by", "model", "--csv").out())
                .doesNotContain("demo/");
        Ended unknown = run("ask", "--model", "nobody/nothing", "hello");
        assertThat(unknown.exit()).isEqualTo(ExitCode.UPSTREAM);
        assertThat(unknown.err()).contains("nobody/nothing");
    }

    @Test
    void aKeyThatIsMissingWrongOrTooSmallIsSaidInSoManyWords() throws Exception {
        String phone = done("keys", "create", "phone").out().strip();

        assertThat(run("usage").err()).contains(address, "HAL0_API_KEY is not set");
        assertThat(withKey("hal0-wrong", "usage").err())
                .contains("HAL0_API_KEY holds the key that was refused")
                .doesNotContain("hal0-wrong");
        assertThat(withKey(phone, "usage").err()).contains("scope admin", "\"phone\"");
        assertThat(withKey(phone, "ask", "--model", "demo/demo", "hello").exit())
                .isEqualTo(ExitCode.DONE);
    }

    private Ended withKey(String key, String... arguments) throws Exception {
        return Hal0Process.in(here)
                .set("HAL0_API_URL", address)
                .set("HAL0_API_KEY", key)
                .run(arguments);
    }

    @Test
    void aRelayOfAnotherVersionAndAServerThatIsNoneAreTold() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.start();
            String url = server.url("/").toString();
            server.enqueue(
                    new MockResponse.Builder()
                            .code(404)
                            .body(
                                    "{\"error\":{\"code\":\"route.not_found\",\"message\":\"there is nothing\",\"details\":{}}}")
                            .build());
            server.enqueue(new MockResponse.Builder().body("{\"version\":\"0.0.7\"}").build());
            Ended other = Hal0Process.in(here).set("HAL0_API_URL", url).run("hardware");
            assertThat(other.exit()).isNotEqualTo(ExitCode.DONE);
            assertThat(other.err()).contains("/api/hardware", "it is hal0 0.0.7");

            server.enqueue(new MockResponse.Builder().body("<html>hello</html>").build());
            assertThat(Hal0Process.in(here).set("HAL0_API_URL", url).run("hardware").err())
                    .contains("did not answer as a hal0 relay does");
        }
    }

    @Test
    void aRelayThatIsNotThereIsSaid() throws Exception {
        Ended ended = Hal0Process.in(here).set("HAL0_API_URL", "http://127.0.0.1:9").run("usage");
        assertThat(ended.exit()).isEqualTo(ExitCode.UPSTREAM);
        assertThat(ended.err()).contains("http://127.0.0.1:9");
        Ended checked =
                Hal0Process.in(here).set("HAL0_API_URL", "http://127.0.0.1:9").run("doctor");
        assertThat(checked.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(checked.out()).contains("FAIL  link.address", "hal0 serve");
        assertThat(Hal0Process.in(here).set("HAL0_API_URL", "nowhere").run("usage").err())
                .contains("HAL0_API_URL", "http://");
    }
}
