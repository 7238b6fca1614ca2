package hal0.agent.permission.shell;

import java.util.List;

/// What a command that runs others would run.
public sealed interface Opened {

    /// It runs nothing else, as far as is known.
    record Plain() implements Opened {}

    /// It does nothing but run these.
    record Runs(List<ShellCommand> commands) implements Opened {
        public Runs {
            commands = List.copyOf(commands);
        }
    }

    /// It runs these and does more, so that it needs leave of its own.
    record AlsoRuns(List<ShellCommand> commands) implements Opened {
        public AlsoRuns {
            commands = List.copyOf(commands);
        }
    }

    /// It runs one of these, with other rights than the user's; which one its options decide.
    record MayRun(List<ShellCommand> commands) implements Opened {
        public MayRun {
            commands = List.copyOf(commands);
        }
    }

    /// It runs something that cannot be told.
    record Unknown(String why) implements Opened {}
}
