package hal0.tui;

import hal0.agent.permission.Mode;
import hal0.agent.permission.Rules;
import hal0.tui.board.AgentsBoard;
import hal0.tui.board.McpBoard;
import hal0.tui.board.MemoryBoard;
import hal0.tui.state.Change;
import java.util.List;
import java.util.Map;

/// What an agent works with, to be looked at and changed.
///
/// **Errors** what is thrown says in its message what stands in the way. **Threads** any but the UI
/// thread; all of it may block.
public interface Belongings {

    List<McpBoard.Server> servers();

    Mode mode();

    /// Those that hold now.
    Rules rules();

    /// Those that the user's own file has.
    Rules ownRules();

    /// The newest notes of a bank, or those that fit words best; of all banks for an empty name.
    MemoryBoard.Shelf memory(String bank, String words);

    List<AgentsBoard.Agent> agents();

    /// Does it; gives back what to tell of it.
    String change(Change.Owned edit);

    /// Nothing at all.
    Belongings NONE =
            new Belongings() {
                @Override
                public List<McpBoard.Server> servers() {
                    return List.of();
                }

                @Override
                public Mode mode() {
                    return Mode.ASK;
                }

                @Override
                public Rules rules() {
                    return Rules.NONE;
                }

                @Override
                public Rules ownRules() {
                    return Rules.NONE;
                }

                @Override
                public MemoryBoard.Shelf memory(String bank, String words) {
                    return new MemoryBoard.Shelf(List.of(), Map.of(), null);
                }

                @Override
                public List<AgentsBoard.Agent> agents() {
                    return List.of();
                }

                @Override
                public String change(Change.Owned edit) {
                    throw new IllegalStateException("there is no agent here");
                }
            };
}
