package hal0.tui.view;

import hal0.tui.state.UiState;
import hal0.tui.terminal.FrameWriter;

/// All of the alternate screen, which leaves nothing behind.
public final class FullScreen implements Surface {
    private final FrameWriter writer;

    public FullScreen(boolean ascii) {
        writer = new FrameWriter(ascii);
    }

    @Override
    public String draw(UiState state, Theme theme) {
        return writer.write(ScreenView.draw(state, theme));
    }

    @Override
    public void forget() {
        writer.forget();
    }

    @Override
    public void resized(UiState state) {
        writer.forget();
    }

    @Override
    public String withdraw() {
        writer.forget();
        return "";
    }

    @Override
    public String end(UiState state, Theme theme) {
        return "";
    }

    @Override
    public void unsynchronized() {
        writer.unsynchronized();
    }
}
