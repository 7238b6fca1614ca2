package hal0.slots.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The program of the test model server, of which the C sources are in `src/test/model-server`.
///
/// **Shape** one static file that runs anywhere, in an empty image too. It takes the flags of
/// llama-server that slots use and its own: `--load-delay MS`, `--crash-on-load`, `--crash-after
/// MS`, `--hang-completions`, `--fail-health-after MS`, `--eat-mb N`, `--token-delay MS`, `--tokens
/// N`, `--children N`, `--log-lines N`, `--ignore-sigterm`; each also as a variable, such as
/// `MODEL_SERVER_LOAD_DELAY`. Its answers begin with its alias or its model's file name, followed
/// by ` heard: ` and the prompt. **Errors** the test is skipped where there is no C compiler, and
/// fails where engines must be there.
public final class ModelServer {
    private static final Path MODULE = Path.of(System.getProperty("hal0.root"), "slots");

    private ModelServer() {}

    /// Builds it, unless that was done since the sources changed.
    public static Path binary() {
        Path program = MODULE.resolve("target/model-server/model-server");
        try {
            if (isOld(program)) {
                build(program);
            }
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.list(MODULE.resolve("src/test/model-server"))) {
            return files.sorted().toList();
        }
    }

    private static boolean isOld(Path program) throws IOException {
        if (!Files.isExecutable(program)) {
            return true;
        }
        FileTime built = Files.getLastModifiedTime(program);
        for (Path source : sources()) {
            if (Files.getLastModifiedTime(source).compareTo(built) > 0) {
                return true;
            }
        }
        return false;
    }

    /// Under a name of its own first: tests of several modules may build it at once.
    private static void build(Path program) throws IOException {
        Path folder = Objects.requireNonNull(program.getParent());
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, "build", "");
        List<String> command = new ArrayList<>(List.of("cc", "-O1", "-static", "-pthread"));
        command.addAll(List.of("-o", fresh.toString()));
        sources().stream()
                .map(Path::toString)
                .filter(name -> name.endsWith(".c"))
                .forEach(command::add);
        try {
            run(command);
            Files.move(fresh, program, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void run(List<String> command) throws IOException {
        Process compiler;
        try {
            compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            missing("no C compiler builds the test model server: " + e.getMessage());
            return;
        }
        String said = new String(compiler.getInputStream().readAllBytes());
        int code;
        try {
            code = compiler.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while compiling", e);
        }
        if (code != 0) {
            missing("cc does not build the test model server: " + said);
        }
    }

    /// Skips the test, or fails it where nothing may be missing.
    public static void missing(String what) {
        if ("1".equals(System.getenv("HAL0_TEST_ENGINES"))) {
            throw new AssertionError(what);
        }
        abort(what);
    }
}
