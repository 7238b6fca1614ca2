package hal0.cli.memory;

import hal0.cli.console.CommandException;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Logs;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.home.memory.Note;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.MemoryControl;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The memory that commands work on, for the time of one command: that of the relay which
/// `HAL0_API_URL` names or which runs for this home, else that of this home itself.
record MemoryHere(MemoryControl memory, ControlPlane control, Hal0 hal0) implements AutoCloseable {

    static MemoryHere open(HomeOptions home) {
        Logs.quiet(System.getenv());
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        Hal0 hal0 = Hal0.open(configuration);
        boolean opened = false;
        try {
            ControlPlane control = hal0.control();
            MemoryHere here = new MemoryHere(control.memory(), control, hal0);
            opened = true;
            return here;
        } finally {
            if (!opened) {
                hal0.close();
            }
        }
    }

    /// A bank as it was named, null for all.
    static @Nullable String bank(@Nullable String name) {
        return name == null
                ? null
                : checked(() -> {
                    Note.requireBank(name);
                    return name;
                });
    }

    /// What is wrong with a note is a wrong use of the command.
    static <T> T checked(Supplier<T> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        try (hal0) {
            control.close();
        }
    }
}
