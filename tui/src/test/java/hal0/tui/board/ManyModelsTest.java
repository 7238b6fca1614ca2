package hal0.tui.board;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.ModelInfo;
import hal0.providers.price.Price;
import hal0.relay.control.ModelChoice;
import hal0.tui.state.Active;
import hal0.tui.state.Board;
import hal0.tui.state.Place;
import hal0.tui.state.Reducer;
import hal0.tui.state.UiEvent;
import hal0.tui.state.UiState;
import hal0.tui.terminal.ColorDepth;
import hal0.tui.terminal.Input;
import hal0.tui.terminal.Key;
import hal0.tui.terminal.Size;
import hal0.tui.theme.Palettes;
import hal0.tui.view.ScreenView;
import hal0.tui.view.Theme;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// A provider with a list as long as OpenRouter's.
class ManyModelsTest {
    private static final int MODELS = 2_000;
    private static final Theme THEME = Theme.of(Palettes.plain(false), ColorDepth.INDEXED_256);

    private static List<ModelChoice> models() {
        List<ModelChoice> models = new ArrayList<>();
        for (int i = 0; i < MODELS; i++) {
            ModelInfo info =
                    new ModelInfo(
                            "vendor-%d/some-model-%d-instruct".formatted(i % 60, i),
                            null,
                            128_000L,
                            null,
                            true,
                            true,
                            false,
                            null,
                            Price.of("0.5", "1.5"),
                            null,
                            null);
            models.add(new ModelChoice("openrouter", info, false, true));
        }
        return models;
    }

    private static UiState filled() {
        UiState state =
                UiState.starting(
                        new UiState.About("0.1.0", "config.toml"),
                        new Size(120, 40),
                        false,
                        new Active("openrouter", "m", false, null));
        state = pressed(state, Key.ctrl('o'));
        ModelsBoard.Known known =
                new ModelsBoard.Known(models(), List.of(), List.of(), "", "openrouter");
        UiEvent filled =
                new UiEvent.Filled(Place.of(Place.Kind.MODELS), ModelsBoard.of(known, null));
        return Reducer.reduce(state, filled).state();
    }

    private static UiState pressed(UiState state, Key key) {
        return Reducer.reduce(state, new UiEvent.Did(new Input.Pressed(key))).state();
    }

    @Test
    void whatFitsAKeyIsSoughtOnceHoweverOftenItIsDrawnAndWalked() {
        UiState state = filled();
        for (char each : "model-17 instruct".toCharArray()) {
            Board before = board(state);
            state = pressed(state, Key.of(each));
            List<Board.Line> found = board(state).shown();
            assertThat(found).isNotEmpty().isNotSameAs(before.shown());
            var _ = ScreenView.draw(state, THEME);
            state = pressed(state, Key.of(Key.Code.DOWN));
            assertThat(board(state).shown()).isSameAs(found);
        }
    }

    @Test
    void whatIsTypedOnAndTakenBackFindsWhatItFindsWhenTypedAtOnce() {
        UiState state = filled();
        for (char each : "model-17 instruct".toCharArray()) {
            state = pressed(state, Key.of(each));
        }
        for (int i = 0; i < "ruct".length(); i++) {
            state = pressed(state, Key.of(Key.Code.BACKSPACE));
        }
        UiState pasted =
                Reducer.reduce(filled(), new UiEvent.Did(new Input.Pasted("model-17 inst")))
                        .state();
        assertThat(board(state).filter()).isEqualTo("model-17 inst");
        assertThat(board(state).shown()).hasSizeGreaterThan(10).isEqualTo(board(pasted).shown());
        state = pressed(state, Key.of('r'));
        assertThat(board(state).shown()).hasSameSizeAs(board(pasted).shown());
    }

    @Test
    void columnsAreAsWideAsTheWidestOfAllModelsWhateverIsTyped() {
        UiState state = filled();
        Board.Column column = columns(state).getFirst();
        assertThat(column.width())
                .isEqualTo("  openrouter/vendor-59/some-model-1979-instruct".length());
        assertThat(columns(pressed(state, Key.of('1'))).getFirst()).isSameAs(column);
    }

    private static List<Board.Column> columns(UiState state) {
        return Objects.requireNonNull(board(state).content()).columns();
    }

    private static Board board(UiState state) {
        return (Board) Objects.requireNonNull(state.top());
    }
}
