package hal0.agent.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.process.ChildEnvironment;
import hal0.agent.process.Starter;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.tool.ToolRun;
import hal0.agent.workspace.Workspace;
import hal0.providers.http.CancelToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// A shell on a folder, called as a model would.
final class ShellFixture implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final Path work;
    final Path outputs;
    final Starter starter;
    final Shell shell;
    final CancelToken cancel = new CancelToken();

    ShellFixture(
            Path folder,
            BiFunction<Workspace, Starter, Sandbox> sandbox,
            Map<String, String> more,
            Set<String> secret) {
        try {
            work = Files.createDirectories(folder.resolve("work")).toRealPath();
            outputs = folder.resolve("outputs");
            Map<String, String> environment = new HashMap<>(System.getenv());
            environment.putAll(more);
            starter = new Starter(ChildEnvironment.of(environment, secret));
            Workspace workspace = Workspace.of(work);
            shell = new Shell(workspace, starter, sandbox.apply(workspace, starter), outputs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ShellFixture in(Path folder) {
        return new ShellFixture(folder, (_, _) -> Sandbox.NONE, Map.of(), Set.of());
    }

    PlannedCall plan(String tool, String arguments) {
        try {
            var read = (ObjectNode) new ObjectMapper().readTree(arguments);
            return shell.tools().stream()
                    .filter(t -> t.name().equals(tool))
                    .findFirst()
                    .map((AgentTool t) -> t.plan(read))
                    .orElseThrow();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    ToolOutcome call(String tool, String arguments) {
        return call(tool, arguments, _ -> {});
    }

    ToolOutcome call(String tool, String arguments, Consumer<String> live) {
        return plan(tool, arguments).run(new ToolRun("c1", cancel, live));
    }

    /// Runs a command line to its end.
    ToolOutcome run(String command) {
        return call("shell", arguments(command).toString());
    }

    static ObjectNode arguments(String command) {
        return new ObjectMapper().createObjectNode().put("command", command);
    }

    static void await(String what, BooleanSupplier condition) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time: " + what).isLessThan(until);
            LockSupport.parkNanos(5_000_000);
        }
    }

    String file(String name) {
        try {
            Path file = work.resolve(name);
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether a process lives; one that is only waiting to be asked about does not.
    static boolean lives(String pid) {
        try {
            String stat = Files.readString(Path.of("/proc", pid.strip(), "stat"));
            return !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        starter.close();
    }
}
