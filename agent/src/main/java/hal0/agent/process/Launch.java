package hal0.agent.process;

import java.nio.file.Path;
import java.util.List;

/// A program to start.
///
/// **Shape** `input` is what it reads, then the end of it. `merged` makes one stream of what it
/// writes, in the order in which it writes; otherwise errors have their own.
public record Launch(List<String> command, Path folder, byte[] input, boolean merged) {
    public Launch {
        command = List.copyOf(command);
    }

    /// One that reads nothing and writes one stream.
    public static Launch of(List<String> command, Path folder) {
        return new Launch(command, folder, new byte[0], true);
    }
}
