package hal0.agent.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Finds programs as a shell does, but never in a relative folder, which a project could fill.
public final class Programs {
    private static final String USUAL = "/usr/local/bin:/usr/bin:/bin";

    private Programs() {}

    public static Optional<Path> find(String name, Map<String, String> environment) {
        String path = environment.getOrDefault("PATH", "");
        for (String folder : (path.isEmpty() ? USUAL : path).split(File.pathSeparator, -1)) {
            try {
                Path program = Path.of(folder).resolve(name);
                if (program.isAbsolute()
                        && Files.isRegularFile(program)
                        && Files.isExecutable(program)) {
                    return Optional.of(program);
                }
            } catch (InvalidPathException _) {
                // Such a folder cannot hold anything.
            }
        }
        return Optional.empty();
    }
}
