package hal0.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.home.activity.Deed;
import hal0.home.ledger.Grouping;
import hal0.providers.Secret;
import hal0.providers.http.CancelToken;
import hal0.relay.control.ControlException;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.Refusal;
import hal0.relay.control.UpstreamStatus;
import hal0.relay.control.Upstreams;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever declares providers need not know whether the files are those of this process.
class UpstreamsTest {
    @TempDir private Path folder;
    private ApiFixture api;

    @BeforeEach
    void start() throws Exception {
        ApiFixture.write(folder, "config.toml", "[active]\nprovider = \"demo\"\n");
        api = new ApiFixture(folder, Map.of());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private ControlPlane control(boolean overHttp) {
        return overHttp ? api.hal0().owner().orElseThrow() : api.hal0().planes().own();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aProviderIsDeclaredChangedTriedAndRemoved(boolean overHttp) {
        Upstreams upstreams = control(overHttp).upstreams();

        UpstreamStatus added =
                upstreams.add(
                        Map.of(
                                "name",
                                "box",
                                "url",
                                "http://box.test/v1",
                                "auth_value_env",
                                "BOX_API_KEY"),
                        false);
        assertThat(added.keyNames()).containsExactly("BOX_API_KEY");
        assertThat(upstreams.one("box")).isEqualTo(added);
        assertThat(upstreams.all()).contains(added);

        upstreams.setCredential("box", "BOX_API_KEY", new Secret("k"));
        assertThat(upstreams.one("box").keyState()).hasToString("SET");
        assertThat(upstreams.removeCredential("box", "BOX_API_KEY")).isTrue();
        assertThat(upstreams.removeCredential("box", "BOX_API_KEY")).isFalse();
        assertThat(upstreams.test("box", new CancelToken()))
                .satisfies(trial -> assertThat(trial.ok()).isFalse())
                .satisfies(trial -> assertThat(trial.error()).contains("BOX_API_KEY"));

        Map<String, Object> none = new HashMap<>();
        none.put("auth_value_env", null);
        none.put("enabled", false);
        UpstreamStatus changed = upstreams.change("box", none, false);
        assertThat(changed.enabled()).isFalse();
        assertThat(changed.keyNames()).isEmpty();

        upstreams.remove("box");
        assertThatThrownBy(() -> upstreams.one("box"))
                .isInstanceOfSatisfying(
                        ControlException.class,
                        e -> assertThat(e.refusal()).isEqualTo(Refusal.NOT_FOUND));
        assertThatThrownBy(() -> upstreams.remove("groq"))
                .isInstanceOfSatisfying(
                        ControlException.class,
                        e -> assertThat(e.refusal()).isEqualTo(Refusal.PROTECTED));
        assertThatThrownBy(() ->
                        upstreams.add(
                                Map.of(
                                        "name",
                                        "x",
                                        "url",
                                        "http://x.test",
                                        "auth_value_env",
                                        "GROQ_API_KEY"),
                                false))
                .isInstanceOfSatisfying(
                        ControlException.class,
                        e -> assertThat(e.refusal()).isEqualTo(Refusal.KEY_ORIGIN));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void recordsAreTheSameFromBothSides(boolean overHttp) {
        ControlPlane control = control(overHttp);
        control.use("demo", "m");
        control.upstreams().add(Map.of("name", "box", "url", "http://box.test/v1"), false);

        List<Deed.Noted> noted = control.activity(10, Long.MAX_VALUE);

        assertThat(noted.getFirst().deed().action()).isEqualTo("upstream.add");
        assertThat(noted.getFirst().deed().actor()).isEqualTo(overHttp ? "hal0" : "cli");
        assertThat(noted).isEqualTo(api.hal0().planes().own().activity(10, Long.MAX_VALUE));
        assertThat(control.usage(Grouping.MODEL, Instant.EPOCH)).isEmpty();
    }
}
