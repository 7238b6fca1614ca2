package hal0.tui.board;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.relay.control.RelayStatus;
import hal0.tui.state.Active;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Change;
import hal0.tui.state.Effect;
import hal0.tui.state.Place;
import hal0.tui.state.Reducer;
import hal0.tui.state.UiEvent;
import hal0.tui.state.UiState;
import hal0.tui.terminal.Input;
import hal0.tui.terminal.Key;
import hal0.tui.terminal.Size;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What comes of choosing a row, as effects.
class ChosenTest {
    private UiState state =
            UiState.starting(new UiState.About("1", "c"), new Size(80, 24), false, null);
    private final List<Effect> effects = new ArrayList<>();

    private void happens(UiEvent event) {
        Effect.Next next = Reducer.reduce(state, event);
        state = next.state();
        effects.addAll(next.effects());
    }

    private void type(String text) {
        text.codePoints()
                .mapToObj(point -> point == '\r' ? Key.of(Key.Code.ENTER) : Key.of(point))
                .forEach(key -> happens(new UiEvent.Did(new Input.Pressed(key))));
    }

    private void open(String command, Place.Kind kind, Content content) {
        URI address = URI.create("http://127.0.0.1:8080");
        happens(
                new UiEvent.ControlOpened(
                        new RelayStatus("1", "i", address, false, Instant.EPOCH, 0, 0),
                        new Active("openai", "gpt-5", false, null)));
        type(command + "\r");
        happens(new UiEvent.Filled(Place.of(kind), content));
    }

    @Test
    void anAgentThatIsChosenGetsItsTaskAtOnce() {
        AgentsBoard.Agent reviewer = new AgentsBoard.Agent("reviewer", "reads a change", "");
        open("/agents", Place.Kind.AGENTS, AgentsBoard.of(List.of(reviewer)));
        type("\r\r");
        assertThat(effects).noneMatch(Effect.Send.class::isInstance);
        type("look at the diff\r");
        assertThat(effects)
                .contains(new Effect.Send("Have the agent reviewer do this: look at the diff"));
        assertThat(state.overlays()).isEmpty();
    }

    @Test
    void theFileOfTheSettingsIsOpenedAndReadAgain() {
        open("/settings config", Place.Kind.CONFIG, ConfigBoard.of(List.of(), "/h/config.toml"));
        type("\r");
        assertThat(effects).contains(new Effect.EditFile("/h/config.toml"));
        happens(new UiEvent.FileEdited());
        assertThat(effects).endsWith(new Effect.Alter(new Change.Reload()));
    }
}
