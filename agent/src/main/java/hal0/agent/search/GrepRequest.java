package hal0.agent.search;

import hal0.agent.permission.SecretFiles;
import hal0.agent.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/// What is searched for, where, and what is wanted of it.
record GrepRequest(
        String regex,
        boolean ignoreCase,
        Workspace workspace,
        SearchPlace place,
        @Nullable FileGlob glob,
        int context,
        Mode mode) {

    enum Mode {
        LINES,
        FILES,
        COUNT
    }

    boolean hidden() {
        return place.hidden() || (glob != null && glob.asksForHidden());
    }

    /// Whether a file of that name, from the start of the search, is to be looked at. One with
    /// secrets is only where the search begins at it, as permissions say.
    boolean wants(String name) {
        return !place.folder()
                || (!SecretFiles.keepsBack(place.start().resolve(name), workspace)
                        && (glob == null || glob.matches(name)));
    }
}
