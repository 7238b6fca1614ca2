package hal0.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.relay.approval.Approval;
import hal0.relay.approval.ApprovalDesk;
import hal0.relay.approval.Approvals;
import hal0.relay.control.ControlException;
import hal0.relay.control.Refusal;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `/api/approvals`, and the same through the control plane of another process.
@Timeout(60)
class ApprovalApiTest {
    @TempDir private Path folder;
    private ApiFixture api;
    private ApprovalDesk desk;

    @BeforeEach
    void start() throws Exception {
        ApiFixture.write(folder, "config.toml", "");
        api = new ApiFixture(folder, Map.of());
        desk = api.hal0().controlParts().approvals;
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Approval ask(String arguments) {
        return desk.ask("slot_delete", "delete the slot chat", arguments, "bot", () -> "{\"n\":1}");
    }

    @Test
    void theListHasWhatWaitsWithItsArgumentsAsJson() throws Exception {
        assertThat(api.get("/api/approvals").text()).isEqualTo("[]");
        Approval asked = ask("{\"slot\":\"chat\"}");

        var rows = api.get("/api/approvals").body();

        assertThat(rows).hasSize(1);
        assertThat(rows.path(0).path("id").asText()).isEqualTo(asked.id());
        assertThat(rows.path(0).path("arguments").path("slot").asText()).isEqualTo("chat");
        assertThat(rows.path(0).path("state").asText()).isEqualTo("waiting");
        assertThat(rows.path(0).path("outcome").isNull()).isTrue();
        assertThat(api.get("/api/approvals?state=done").text()).isEqualTo("[]");
        assertThat(api.get("/api/approvals?state=sleepy").locs()).isEqualTo("state");
    }

    @Test
    void aWordOfTheOwnerIsHeardOnce() throws Exception {
        Approval asked = ask("{}");
        String path = "/api/approvals/" + asked.id();

        var approved = api.send("POST", path, "{\"approve\":true}");
        assertThat(approved.status()).isEqualTo(200);
        assertThat(approved.body().path("decided_by").asText()).isEqualTo("local");
        awaitOver(asked.id());
        assertThat(api.get(path).body().path("outcome").path("n").asInt()).isEqualTo(1);

        var again = api.send("POST", path, "{\"approve\":false}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("approval.decided");
        assertThat(api.get("/api/activity").text())
                .contains("approval.waiting", "approval.approved", "approval.done");
    }

    @Test
    void anIdThatIsNotAndAWordThatIsNoneAreRefused() throws Exception {
        var missing = api.send("POST", "/api/approvals/appr_0", "{\"approve\":true}");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.code()).isEqualTo("approval.not_found");
        assertThat(api.get("/api/approvals/appr_0").code()).isEqualTo("approval.not_found");

        String path = "/api/approvals/" + ask("{}").id();
        assertThat(api.send("POST", path, "{\"approve\":\"yes\"}").locs()).isEqualTo("approve");
        assertThat(api.send("POST", path, "{\"approved\":true}").locs())
                .isEqualTo("approved approve");
        assertThat(desk.list().getFirst().isWaiting()).isTrue();
    }

    @Test
    void anotherProcessSeesAndDecidesTheSame() throws Exception {
        Approval asked = ask("{\"slot\":\"chat\"}");
        Approvals there = api.hal0().owner().orElseThrow().approvals();

        assertThat(there.list()).containsExactly(asked);
        assertThat(there.find("appr_0")).isEmpty();
        assertThat(there.decide(asked.id(), false, "tui").decidedBy()).isEqualTo("hal0");
        assertThatThrownBy(() -> there.decide(asked.id(), true, "tui"))
                .isInstanceOfSatisfying(
                        ControlException.class,
                        e -> assertThat(e.refusal()).isEqualTo(Refusal.DECIDED));
        assertThatThrownBy(
                        () -> api.hal0().planes().own().approvals().decide("appr_0", true, "tui"))
                .isInstanceOfSatisfying(
                        ControlException.class,
                        e -> assertThat(e.refusal()).isEqualTo(Refusal.NO_APPROVAL));
    }

    private void awaitOver(String id) throws InterruptedException {
        CountDownLatch tick = new CountDownLatch(1);
        while (!desk.find(id).orElseThrow().isOver()) {
            var _ = tick.await(5, TimeUnit.MILLISECONDS);
        }
    }
}
