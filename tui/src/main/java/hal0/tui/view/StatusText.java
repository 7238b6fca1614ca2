package hal0.tui.view;

import hal0.providers.price.Money;
import hal0.relay.control.RelayStatus;
import hal0.tui.state.Active;
import hal0.tui.state.Activity;
import hal0.tui.state.Glance;
import hal0.tui.state.Relay;
import hal0.tui.state.Session;
import hal0.tui.state.UiState;
import hal0.tui.text.Digits;
import hal0.tui.text.Safe;
import java.net.URI;
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
        int waiting = session.relay() instanceof Relay.Up up ? up.glance().approvals() : 0;
        if (waiting > 0) {
            parts.add(
                    (waiting == 1 ? "1 approval waits" : waiting + " approvals wait") + ": /relay");
        }
        int jobs = Activity.inBackground(state);
        if (jobs > 0) {
            parts.add(jobs == 1 ? "1 command runs" : jobs + " commands run");
        }
        parts.addAll(relay(session.relay()));
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
        return Digits.grouped(count);
    }

    private static List<String> relay(Relay relay) {
        return switch (relay) {
            case Relay.Starting() -> List.of("relay …");
            case Relay.Down(_) -> List.of("relay failed");
            case Relay.Up up -> up(up);
        };
    }

    private static String address(RelayStatus status) {
        if (status.address() == null) {
            return "no relay";
        }
        return "relay " + at(status.address()) + (status.attached() ? " (attached)" : "");
    }

    /// On this machine the port says it all.
    private static String at(URI address) {
        String host = String.valueOf(address.getHost());
        boolean here = host.startsWith("127.") || host.equals("localhost") || host.equals("[::1]");
        return here && address.getPort() > 0
                ? ":" + address.getPort()
                : Safe.oneLine(String.valueOf(address.getAuthority()));
    }

    private static List<String> up(Relay.Up up) {
        List<String> parts = new ArrayList<>();
        parts.add(address(up.status()) + (up.silent() ? " does not answer" : ""));
        if (up.status().inFlight() > 0) {
            parts.add(up.status().inFlight() + " in flight");
        }
        Glance glance = up.glance();
        StringBuilder slots = new StringBuilder();
        add(slots, glance.ready(), "ready");
        add(slots, glance.loading(), "loading");
        add(slots, glance.failed(), "failed");
        if (!slots.isEmpty()) {
            parts.add("slots" + slots);
        }
        if (glance.othersUsd().signum() > 0) {
            parts.add("others " + Money.format(glance.othersUsd()));
        }
        return parts;
    }

    private static void add(StringBuilder slots, int count, String state) {
        if (count > 0) {
            slots.append(' ').append(count).append(' ').append(state);
        }
    }
}
