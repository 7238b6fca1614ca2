import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One run of hal0 from which a cache is made.
record Rehearsed(Path jar, Path home, String kind, List<String> options) {
    /// A run that hangs must not hold up a build for ever; on a machine that is busy all of it takes minutes.
    private static final int MOST_SECONDS = 180;

    /// Puts the cache into a folder; says why that could not be, or nothing.
    String failure(Path folder) {
        try {
            switch (kind) {
                case "screen" -> screen();
                case "serve" -> serve();
                case "ask" -> commands("ask hello");
                case "short" ->
                        commands(
                                "--help",
                                "ask --help",
                                "slots list",
                                "models list",
                                "providers list",
                                "sessions list",
                                "usage");
                default -> throw new IllegalArgumentException("there is no such kind");
            }
            if (!Files.exists(made())) {
                throw new IOException("Java made no cache");
            }
            // In one step: half a cache would be taken for a bad one at each start.
            Path copy = Files.copy(made(), folder.resolve(kind + ".new"));
            Files.move(copy, folder.resolve(kind + ".aot"), StandardCopyOption.ATOMIC_MOVE);
            return "";
        } catch (Exception e) {
            return e + "\n" + said();
        }
    }

    private Path made() {
        return home.resolve("made.aot");
    }

    private String said() {
        StringBuilder all = new StringBuilder();
        for (String name : List.of("output", "java.log")) {
            try {
                all.append(Files.readString(home.resolve(name)));
            } catch (IOException e) {
                // It was not written, so there is nothing to tell.
            }
        }
        return all.toString();
    }

    private ProcessBuilder java(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        Path natives = jar.resolveSibling("native");
        if (Files.isDirectory(natives)) {
            command.add("-Dorg.sqlite.lib.path=" + natives.resolve("sqlite"));
            command.add("-Dlibrary.jline.path=" + natives.resolve("jline"));
        }
        command.add("-XX:AOTCacheOutput=" + made());
        // Where output is a terminal, nothing else may be written to it.
        command.add("-Xlog:disable");
        command.add("-Xlog:all=warning:file=" + home.resolve("java.log"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(Rehearsed::decides);
        environment.put("HAL0_HOME", home.toString());
        environment.put("TERM", "xterm-256color");
        environment.put("COLORTERM", "truecolor");
        builder.redirectInput(new File("/dev/null"));
        return builder.redirectErrorStream(true).redirectOutput(home.resolve("output").toFile());
    }

    /// A variable that would have hal0 do something else.
    private static boolean decides(String name) {
        return name.startsWith("HAL0_") || name.endsWith("_API_KEY") || name.equals("NO_COLOR");
    }

    private void commands(String... commands) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-cp", jar.toString(), "hal0.cli.Rehearsal"));
        arguments.addAll(List.of(commands));
        Process process = started(java(arguments.toArray(String[]::new)));
        if (process.waitFor() != 0) {
            throw new IOException("it ended with " + process.exitValue());
        }
    }

    private static Process started(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        CompletableFuture.delayedExecutor(MOST_SECONDS, TimeUnit.SECONDS)
                .execute(() -> stop(process));
        return process;
    }

    /// Java writes the cache in a process of its own.
    private static void stop(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void serve() throws Exception {
        Process process = started(java("-jar", jar.toString(), "serve", "--port", "0"));
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI relay = address(process);
            for (String stream : List.of("false", "true")) {
                String body =
                        """
                        {"model":"m","max_tokens":9,"stream":%s,"messages":[{"role":"user","content":"hello"}]}
                        """
                                .formatted(stream);
                for (String path : List.of("/v1/chat/completions", "/v1/messages")) {
                    HttpRequest.Builder post = HttpRequest.newBuilder(relay.resolve(path));
                    post.header("Content-Type", "application/json");
                    answered(client, post.POST(BodyPublishers.ofString(body)).build());
                }
            }
            for (String path : List.of("/v1/models", "/health", "/dashboard")) {
                answered(client, HttpRequest.newBuilder(relay.resolve(path)).build());
            }
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    /// Where it says that it listens.
    private URI address(Process process) throws IOException, InterruptedException {
        while (process.isAlive()) {
            String[] words = Files.readString(home.resolve("output")).split("\\s+");
            for (int i = 0; i < words.length - 1; i++) {
                if (words[i].startsWith("http://127.0.0.1:")) {
                    return URI.create(words[i]);
                }
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new IOException("it did not say where it listens");
    }

    private static void answered(HttpClient client, HttpRequest request) throws Exception {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(request.uri() + " answered " + response.statusCode() + ": " + response.body());
        }
    }

    private void screen() throws Exception {
        try (PseudoTerminal terminal = PseudoTerminal.open()) {
            ProcessBuilder builder = java("-jar", jar.toString()).redirectErrorStream(false);
            builder.redirectInput(terminal.device()).redirectOutput(terminal.device());
            Process process = started(builder.redirectError(terminal.device()));
            terminal.until("Ask anything");
            terminal.type("hello\r");
            terminal.until(Model.LAST_WORDS);
            terminal.type("/settings");
            terminal.until("settings");
            process.destroy();
            terminal.untilItCloses();
            process.waitFor();
        }
    }
}
