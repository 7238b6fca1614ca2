import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// Makes the caches that Java starts hal0 from: runs it as people will and has Java keep the classes that
/// it loaded. `java Caches.java hal0.jar FOLDER [KIND OPTIONS]...` writes `FOLDER/KIND.aot`, made with the
/// options that it will be used with: `screen` of a conversation in a pseudo-terminal, `serve` of requests,
/// `ask` of a question and `short` of commands that read. They talk to a model of this program's own, in a
/// home of their own, and need no network. Exits with 1 and says which cache could not be made, and why;
/// the others are there then.
///
/// **Source** JEP 483, 514 and 515.
void main(String[] arguments) throws Exception {
    Path jar = Path.of(arguments[0]).toAbsolutePath();
    Path folder = Path.of(arguments[1]).toAbsolutePath();
    Path scratch = Files.createTempDirectory("hal0-caches");
    boolean failed = false;
    try (Model model = Model.start()) {
        Map<String, CompletableFuture<String>> runs = new LinkedHashMap<>();
        for (int i = 2; i < arguments.length; i += 2) {
            Path home = Files.createDirectory(scratch.resolve(arguments[i]));
            Files.writeString(home.resolve("config.toml"), config(model.port()));
            Rehearsed run = new Rehearsed(jar, home, arguments[i], List.of(arguments[i + 1].split(" +")));
            runs.put(arguments[i], CompletableFuture.supplyAsync(() -> run.failure(folder)));
        }
        for (Map.Entry<String, CompletableFuture<String>> run : runs.entrySet()) {
            String failure = run.getValue().get();
            if (!failure.isEmpty()) {
                System.err.println(run.getKey() + ": " + failure);
                failed = true;
            }
        }
    } finally {
        remove(scratch);
    }
    System.exit(failed ? 1 : 0);
}

static String config(int port) {
    return """
            [active]
            provider = "p"
            model = "m"
            [providers.p]
            base_url = "http://127.0.0.1:%d/v1"
            auth_style = "none"
            input_price_per_1m_tokens = 1.0
            output_price_per_1m_tokens = 2.0
            [relay]
            port = 0
            """
            .formatted(port);
}

static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.deleteIfExists(file);
        }
    }
}
