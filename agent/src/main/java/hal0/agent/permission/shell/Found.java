package hal0.agent.permission.shell;

import java.util.ArrayList;
import java.util.List;

/// What reading a line has brought to light so far. **Threads** one.
final class Found {
    final List<ShellCommand> commands = new ArrayList<>();
    boolean loops;
}
