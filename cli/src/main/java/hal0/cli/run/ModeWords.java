package hal0.cli.run;

import hal0.agent.permission.ModeNames;
import java.util.Iterator;

/// The modes as they are written, for the completions of shells.
final class ModeWords implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return ModeNames.words().keySet().iterator();
    }
}
