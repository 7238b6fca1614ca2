package hal0.agent.checkpoint;

import java.nio.file.Path;

/// Which files of a workspace git would ignore. **Threads** any.
@FunctionalInterface
public interface LeftOut {
    /// For folders without such rules.
    LeftOut NOTHING =
            _ ->
                    new Rules() {
                        @Override
                        public boolean leaveOut(String name, boolean folder) {
                            return false;
                        }

                        @Override
                        public Rules in(Path folder, String name) {
                            return this;
                        }
                    };

    /// The rules that hold in `top`.
    Rules at(Path top);

    /// What holds in one folder.
    interface Rules {

        /// Whether the entry `name` of the folder is left out.
        boolean leaveOut(String name, boolean folder);

        /// The rules in its folder `name`, which is at `folder`.
        Rules in(Path folder, String name);
    }
}
