package hal0.cli.memory;

import hal0.cli.console.CommandException;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.home.memory.Memory;
import hal0.home.memory.Note;
import hal0.home.store.Database;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The memory of this home, for the time of one command.
record MemoryHere(Memory memory, Database database) implements AutoCloseable {

    static MemoryHere open(HomeOptions home) {
        Path file = home.locate().database();
        Database database = Database.at(file);
        return new MemoryHere(new Memory(database, file, InstantSource.system()), database);
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
        database.close();
    }
}
