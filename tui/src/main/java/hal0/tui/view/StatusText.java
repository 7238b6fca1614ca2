package hal0.tui.view;

import hal0.relay.control.RelayStatus;
import hal0.tui.state.Active;
import hal0.tui.state.Activity;
import hal0.tui.state.Relay;
import hal0.tui.state.Session;
import hal0.tui.state.UiState;
import hal0.tui.text.Safe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The parts of the status line, the most wanted first.
final class StatusText {
    private StatusText() {}

    static List<String> parts(UiState state) {
        Session session = state.session();
        List<String> parts = new ArrayList<>();
        Active active = session.active();
        parts.add(active == null ? "no model chosen" : Safe.oneLine(active.name()));
        String vim = state.typing().vim().label();
        if (vim != null) {
            parts.add("vim " + Safe.oneLine(vim));
        }
        parts.add(session.mode().name().toLowerCase(Locale.ROOT));
        parts.add("context " + context(session.contextTokens(), active));
        parts.add("Spend: " + session.spend().label(active != null && active.local()));
        int jobs = Activity.inBackground(state);
        if (jobs > 0) {
            parts.add(jobs == 1 ? "1 command runs" : jobs + " commands run");
        }
        parts.add(relay(session.relay()));
        return parts;
    }

    private static String context(long used, @Nullable Active active) {
        Long total = active == null ? null : active.contextWindow();
        String shown = grouped(used);
        if (total == null || total <= 0) {
            return shown;
        }
        return shown + "/" + grouped(total) + " (" + percent(used, total) + ")";
    }

    private static String percent(long used, long total) {
        long rounded = Math.round(100.0 * used / total);
        return used > 0 && rounded == 0 ? "<1%" : rounded + "%";
    }

    private static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String relay(Relay relay) {
        return switch (relay) {
            case Relay.Starting() -> "relay …";
            case Relay.Down(_) -> "relay failed";
            case Relay.Up(var status) -> address(status);
        };
    }

    private static String address(RelayStatus status) {
        if (status.address() == null) {
            return "no relay";
        }
        String at = Safe.oneLine(status.address().getAuthority());
        return "relay " + at + (status.attached() ? " (attached)" : "");
    }
}
