package hal0.tui;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.relay.approval.Approval;
import hal0.relay.control.ControlPlane;
import hal0.tui.state.Active;
import hal0.tui.terminal.Size;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Calls that wait for the owner's word, at the keyboard.
class ApprovalScreenTest {
    @TempDir Path folder;
    private final FakeControl control = new FakeControl(new ControlPlane.Active("openai", "gpt-5"));

    private Pilot pilot() {
        Instant now = Instant.now();
        control.waiting.add(
                new Approval(
                        "a1",
                        "slot_unload",
                        "unload chat",
                        "{\"slot\":\"chat\"}",
                        "agent-1",
                        now,
                        now.plusSeconds(3600),
                        Approval.State.WAITING,
                        null,
                        null,
                        null));
        return Pilot.with(
                new Size(100, 30),
                folder,
                FakeConversation.saying("hi"),
                () -> control,
                List.of(),
                new Active("openai", "gpt-5", false, null));
    }

    @Test
    void oneThatWaitsIsInTheStatusLineAndIsApprovedAfterItWasRead() {
        try (Pilot pilot = pilot()) {
            pilot.await("1 approval waits: /relay");
            pilot.type("/relay\r");
            pilot.await("approvals waiting");
            pilot.await("slot_unload");
            pilot.enter();
            pilot.await("{\"slot\":\"chat\"}");
            assertThat(control.decided).isEmpty();
            pilot.type("y");
            pilot.await("approved; it is being done");
            assertThat(control.decided).containsExactly("a1 approved");
        }
    }

    @Test
    void oneIsDeniedFromTheList() {
        try (Pilot pilot = pilot()) {
            pilot.await(":8080");
            pilot.type("/relay\r");
            pilot.await("slot_unload");
            pilot.type("\u001bn");
            pilot.await("✓ denied");
            assertThat(control.decided).containsExactly("a1 denied");
            pilot.awaitNot("slot_unload");
        }
    }
}
