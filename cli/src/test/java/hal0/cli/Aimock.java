package hal0.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// aimock, a program of others that acts as OpenAI and Anthropic, on a free port.
final class Aimock implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("listening on (http://\\S+)");

    private final Process process;
    private final URI address;

    private Aimock(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /// `npm` is the folder with node_modules; `more` are options of its command line.
    static Aimock start(Path npm, Path fixtures, String... more)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "node",
                                npm.resolve("node_modules/.bin/llmock").toString(),
                                "--port",
                                "0",
                                "--chunk-size",
                                "10",
                                "--fixtures",
                                fixtures.toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        boolean started = false;
        try {
            String said = Output.reading(process.getInputStream(), "aimock").awaitText("listening");
            Matcher matcher = ADDRESS.matcher(said);
            if (!matcher.find()) {
                throw new AssertionError("aimock does not say where it listens: " + said);
            }
            started = true;
            return new Aimock(process, URI.create(matcher.group(1)));
        } finally {
            if (!started) {
                process.destroyForcibly();
            }
        }
    }

    URI address() {
        return address;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new AssertionError("aimock cannot be ended");
        }
    }
}
