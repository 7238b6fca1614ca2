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
import java.util.Arrays;
import java.util.List;
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
    void aKeyAmongTwoThousandModelsIsNotWaitedFor() {
        UiState state = filled();
        String typed = "model-17 instruct";
        long[] nanos = new long[10 * typed.length()];
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < typed.length(); i++) {
                long began = System.nanoTime();
                state = pressed(state, Key.of(typed.charAt(i)));
                var _ = ScreenView.draw(state, THEME);
                nanos[round * typed.length() + i] = System.nanoTime() - began;
            }
            state = pressed(state, Key.ctrl('u'));
        }
        assertThat(state.top()).isInstanceOf(Board.class);
        Arrays.sort(nanos);
        // The quickest tell what the work takes; the others also what else the machine does.
        assertThat(nanos[nanos.length / 10]).as("nanoseconds").isLessThan(100_000_000L);
        System.getLogger("measured")
                .log(
                        System.Logger.Level.INFO,
                        "a key among {0} models: median {1} us, p90 {2} us",
                        MODELS,
                        nanos[nanos.length / 2] / 1000,
                        nanos[nanos.length * 9 / 10] / 1000);
    }
}
