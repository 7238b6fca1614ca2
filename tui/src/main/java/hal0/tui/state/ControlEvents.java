package hal0.tui.state;

import hal0.providers.ModelInfo;
import hal0.relay.control.RelayStatus;
import hal0.tui.state.Effect.Next;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes known of relay, provider and model.
final class ControlEvents {
    private ControlEvents() {}

    /// What the screen was started with, perhaps by a flag, goes before what the file says.
    static Next opened(UiState state, RelayStatus relay, @Nullable Active configured) {
        Active shown = state.session().active();
        Active active = shown == null ? configured : shown;
        Session session = state.session().withRelay(new Relay.Up(relay)).withActive(active);
        UiState next = state.with(session);
        if (active == null) {
            return Welcome.begin(next);
        }
        Next sent = Reducer.sendQueued(next);
        return next.top() instanceof Board board ? sent.and(new Effect.Fill(board.place())) : sent;
    }

    static UiState glanced(UiState state, @Nullable RelayStatus relay, Glance glance) {
        if (!(state.session().relay() instanceof Relay.Up up)) {
            return state;
        }
        Relay.Up now =
                relay == null
                        ? new Relay.Up(up.status(), up.glance(), true)
                        : new Relay.Up(relay, glance, false);
        return state.with(state.session().withRelay(now));
    }

    static Next failed(UiState state, String message) {
        Session session = state.session().withRelay(new Relay.Down(message));
        List<String> lines =
                List.of(
                        message,
                        "Nothing can be sent until this is mended and hal0 started again.");
        Transcript told = state.transcript().failed("The relay did not start", lines);
        return Next.of(state.with(session).with(told));
    }

    static Next activated(UiState state, Active active) {
        Active before = state.session().active();
        UiState next = state.with(state.session().withActive(active)).without(Place.Kind.FIRST_RUN);
        if (before != null && before.name().equals(active.name())) {
            return Reducer.sendQueued(next);
        }
        String first = before == null ? " · / for commands" : "";
        // A board that is open is told, as it lies over the hint and shows the model.
        Next told = BoardKeys.altered(next, "now talking to " + active.name() + first, false);
        Next sent = Reducer.sendQueued(told.state());
        for (Effect effect : told.effects()) {
            sent = sent.and(effect);
        }
        return sent;
    }

    static UiState known(UiState state, String provider, ModelInfo info) {
        String name = provider + "/" + info.id();
        Bill bill = state.session().progress().bill().priced(name, info.price());
        UiState priced = state.with(state.session().with(bill));
        Active active = state.session().active();
        if (active == null
                || !active.provider().equals(provider)
                || !active.model().equals(info.id())) {
            return priced;
        }
        return priced.with(
                priced.session().withActive(active.withContextWindow(info.contextWindow())));
    }
}
