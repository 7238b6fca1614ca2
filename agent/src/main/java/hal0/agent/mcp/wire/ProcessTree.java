package hal0.agent.mcp.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// Ends a program and all that it started: by the end of its input, by TERM, by KILL.
///
/// **Source** modelcontextprotocol.io/specification 2025-11-25, basic/lifecycle, shutdown.
final class ProcessTree {
    private static final System.Logger LOG = System.getLogger(ProcessTree.class.getName());
    private static final Duration FOR_END_OF_INPUT = Duration.ofMillis(1500);
    private static final Duration FOR_TERM = Duration.ofSeconds(1);

    private ProcessTree() {}

    static void end(Process process) {
        // Now: once the program is gone nobody can tell any more which were its children.
        List<ProcessHandle> all =
                Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It is gone already, or has closed its input.
            LOG.log(System.Logger.Level.DEBUG, e.getMessage());
        }
        if (!allEnd(all, FOR_END_OF_INPUT)) {
            all.forEach(ProcessHandle::destroy);
            if (!allEnd(all, FOR_TERM)) {
                all.forEach(ProcessHandle::destroyForcibly);
            }
        }
    }

    private static boolean allEnd(List<ProcessHandle> handles, Duration patience) {
        CompletableFuture<?>[] ends =
                handles.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException _) {
            return false;
        }
    }
}
