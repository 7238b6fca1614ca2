package hal0.tui.board;

import hal0.relay.approval.Approval;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.text.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// One call that needs the owner's word, in full: nobody should allow what was not read.
public final class ApprovalBoard {
    private ApprovalBoard() {}

    public static Content of(Approval approval, Instant now, ZoneId zone) {
        List<Line> lines = new ArrayList<>();
        lines.add(Text.fact("state", state(approval, now), role(approval.state())));
        lines.add(Text.fact("what", approval.summary()));
        lines.add(Text.fact("tool", approval.tool()));
        lines.add(Text.fact("who asks", approval.asker()));
        lines.add(Text.fact("asked", RelayBoard.time(approval.askedAt(), now, zone)));
        Instant decided = approval.decidedAt();
        if (approval.decidedBy() != null && decided != null) {
            String at = RelayBoard.time(decided, now, zone);
            lines.add(Text.fact("decided", "by " + approval.decidedBy() + ", " + at));
        }
        lines.add(Text.blank());
        lines.add(Text.head("arguments"));
        lines.add(Line.words(approval.arguments(), Role.PLAIN));
        if (approval.outcome() != null) {
            lines.add(Text.blank());
            lines.add(Text.head("what came of it"));
            lines.add(Line.words(approval.outcome(), role(approval.state())));
        }
        return Content.of(lines, approval.isWaiting() ? "y approves it · n denies it" : null);
    }

    private static String state(Approval approval, Instant now) {
        if (!approval.isWaiting()) {
            return approval.state().word();
        }
        return "waits for %s, for another %s"
                .formatted(
                        Figures.span(Duration.between(approval.askedAt(), now)),
                        Figures.span(Duration.between(now, approval.expiresAt())));
    }

    private static Role role(Approval.State state) {
        return switch (state) {
            case WAITING, EXPIRED -> Role.NOTICE;
            case RUNNING -> Role.ACCENT;
            case DONE -> Role.ADDED;
            case FAILED, DENIED -> Role.ERROR;
        };
    }
}
