package hal0.agent.tool;

import java.util.List;

/// The tools of a conversation, as they are now: servers may add and withdraw some while it lasts.
///
/// **Shape** names are unique; the order is stable, so that what a provider caches of a request
/// stays the same. **Threads** any.
@FunctionalInterface
public interface Toolbox {
    Toolbox EMPTY = List::of;

    List<AgentTool> tools();
}
