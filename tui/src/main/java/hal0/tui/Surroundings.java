package hal0.tui;

import hal0.agent.context.SlashCommands;
import hal0.tui.board.DoctorBoard;
import hal0.tui.board.SlotBoard;
import hal0.tui.state.Page;
import hal0.tui.state.Sheet;
import java.util.List;

/// What the agent works with, to be looked at.
///
/// **Threads** any but the UI thread; all of it may block.
public interface Surroundings {

    List<Sheet.Line> read(Page page);

    /// The same to be changed on boards.
    default Belongings belongings() {
        return Belongings.NONE;
    }

    /// Remembers a note; gives back what to tell of it.
    String note(String text);

    /// The user's own.
    SlashCommands commands();

    /// Files of the workspace by what was typed, the best first; what is known so far.
    List<String> files(String typed);

    /// Calls `listener` when more files are known, on any thread.
    void onFiles(Runnable listener);

    /// How many commands of the agent run now. Does not block.
    int running();

    /// Models that a slot could load.
    default List<SlotBoard.Registered> models() {
        return List.of();
    }

    /// Looks for what is wrong; takes a few seconds.
    default List<DoctorBoard.Finding> doctor() {
        return List.of();
    }

    /// Nothing at all.
    Surroundings NONE =
            new Surroundings() {
                @Override
                public List<Sheet.Line> read(Page page) {
                    return List.of();
                }

                @Override
                public String note(String text) {
                    throw new IllegalStateException("there is no memory here");
                }

                @Override
                public SlashCommands commands() {
                    return new SlashCommands(List.of(), List.of());
                }

                @Override
                public List<String> files(String typed) {
                    return List.of();
                }

                @Override
                public void onFiles(Runnable listener) {
                    // there are none
                }

                @Override
                public int running() {
                    return 0;
                }
            };
}
