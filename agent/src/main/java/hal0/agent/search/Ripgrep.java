package hal0.agent.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.agent.tool.ToolException;
import hal0.providers.http.CancelToken;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Searches by ripgrep, told to look at the same files as [Walker] does; what it cannot do (look
/// around, back references) is done by the other way of searching.
///
/// **Source** `rg --help` and its exit codes (0 found, 1 nothing, 2 failed), version 13, read
/// 2026-11.
final class Ripgrep implements Grep {
    private static final System.Logger LOG = System.getLogger(Ripgrep.class.getName());
    private static final int FAILED = 2;

    private final Path program;
    private final Grep otherwise;

    Ripgrep(Path program, Grep otherwise) {
        this.program = program;
        this.otherwise = otherwise;
    }

    /// The program in the first folder of `searchPath` that holds it. Relative folders do not
    /// count: a repository could bring a program of that name.
    static Optional<Path> onPath(@Nullable String searchPath) {
        for (String folder : (searchPath == null ? "" : searchPath).split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && Path.of(folder).isAbsolute()) {
                for (String name : List.of("rg", "rg.exe")) {
                    Path program = Path.of(folder, name);
                    if (Files.isRegularFile(program) && Files.isExecutable(program)) {
                        return Optional.of(program);
                    }
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public GrepFound search(GrepRequest request, CancelToken cancel) {
        Path rules = null;
        try {
            rules = Files.createTempFile("hal0-search-", ".ignore");
            Files.write(rules, RipgrepCommand.rules(request), UTF_8);
            return run(request, RipgrepCommand.of(program, request, rules), cancel);
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, "ripgrep does not run: " + e.getMessage());
            return otherwise.search(request, cancel);
        } finally {
            delete(rules);
        }
    }

    private GrepFound run(GrepRequest request, List<String> command, CancelToken cancel)
            throws IOException {
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        AtomicBoolean late = new AtomicBoolean();
        RipgrepOutput output = new RipgrepOutput(request);
        Thread clock = Thread.ofVirtual().name("rg-clock").start(() -> limit(process, late));
        try (CancelToken.Registration _ = cancel.onCancel(process::destroyForcibly);
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(process.getInputStream(), UTF_8))) {
            process.getOutputStream().close();
            boolean enough = !output.read(lines);
            if (cancel.isCancelled()) {
                throw new ToolException("cancelled");
            }
            if (!enough && !late.get() && exit(process) == FAILED && output.isEmpty()) {
                // Most often a pattern that only Java knows; if not, that will say what is wrong.
                return otherwise.search(request, cancel);
            }
            return output.found(late.get() ? TOO_LONG : enough ? ENOUGH : null);
        } catch (IOException e) {
            if (cancel.isCancelled()) {
                throw new ToolException("cancelled", e);
            }
            throw e;
        } finally {
            process.destroyForcibly();
            clock.interrupt();
        }
    }

    private static int exit(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void limit(Process process, AtomicBoolean late) {
        try {
            if (!process.waitFor(LONGEST)) {
                late.set(true);
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the search is over
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a file of rules stays: " + e.getMessage());
        }
    }
}
