package hal0.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An MCP server on standard streams that behaves as its first argument says; it writes what it
/// gets to the file of its second. Run as a program of its own.
public final class OddServer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String mode;
    private final Path seen;
    private boolean more;

    private OddServer(String mode, Path seen) {
        this.mode = mode;
        this.seen = seen;
    }

    /// The command line that runs it.
    static List<String> command(String mode, Path seen) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                OddServer.class.getName(),
                mode,
                seen.toString());
    }

    static ServerSpec spec(String name, String mode, Path seen) {
        return new ServerSpec(
                name,
                new ServerSpec.Reach.Command(command(mode, seen), Map.of()),
                java.time.Duration.ofSeconds(20),
                true);
    }

    public static void main(String[] args) throws Exception {
        OddServer server = new OddServer(args[0], Path.of(args[1]));
        server.note("pid " + ProcessHandle.current().pid());
        if (server.mode.equals("broken")) {
            System.err.println("no such database: music");
            System.exit(3);
        }
        if (server.mode.equals("stubborn")) {
            Process child = new ProcessBuilder("sleep", "600").start();
            server.note("child " + child.pid());
        }
        server.serve();
        if (server.mode.equals("stubborn")) {
            Thread.currentThread().join();
        }
    }

    private void serve() throws Exception {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line;
        while ((line = in.readLine()) != null) {
            note(line);
            JsonNode message = JSON.readTree(line);
            String method = message.path("method").asText("");
            switch (method) {
                case "initialize" -> initialize(message);
                case "tools/list" -> list(message);
                case "tools/call" -> call(message);
                default -> {}
            }
        }
        note("end of input");
    }

    private void initialize(JsonNode message) throws IOException {
        if (mode.equals("mute")) {
            return;
        }
        if (mode.equals("noisy")) {
            System.out.println("Listening for you …");
            System.out.println("{\"half\": ");
            System.out.println("42");
            System.out.println();
        }
        ObjectNode result = JSON.createObjectNode();
        result.put("protocolVersion", mode.equals("future") ? "2099-01-01" : "2025-06-18");
        result.putObject("capabilities").putObject("tools").put("listChanged", true);
        result.putObject("serverInfo").put("name", "odd").put("version", "1.0");
        reply(message, result);
        if (mode.equals("noisy")) {
            say("{\"jsonrpc\":\"2.0\",\"id\":\"p1\",\"method\":\"ping\"}");
            say(
                    "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"sampling/createMessage\",\"params\":{}}");
        }
    }

    private void list(JsonNode message) throws IOException {
        List<String> names =
                new ArrayList<>(List.of("slow", "crash", "hang", "grow", "env", "big"));
        if (more) {
            names.add("late");
        }
        ObjectNode result = JSON.createObjectNode();
        // Two pages.
        boolean first = message.at("/params/cursor").isMissingNode();
        List<String> page = first ? names.subList(0, 3) : names.subList(3, names.size());
        if (first) {
            result.put("nextCursor", "2");
        }
        var tools = result.putArray("tools");
        for (String name : page) {
            ObjectNode tool =
                    tools.addObject().put("name", name).put("description", "does " + name);
            tool.putObject("inputSchema")
                    .put("$schema", "http://json-schema.org/draft-07/schema#")
                    .put("type", "object");
            tool.putObject("annotations").put("readOnlyHint", name.equals("env"));
        }
        reply(message, result);
    }

    private void call(JsonNode message) throws Exception {
        switch (message.at("/params/name").asText()) {
            case "slow" -> {
                String token = message.at("/params/_meta/progressToken").toString();
                for (int i = 1; i <= 3; i++) {
                    say(
                            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":%s,\"progress\":%d,\"total\":3,\"message\":\"step\"}}"
                                    .formatted(token, i));
                }
                text(message, "done", false);
            }
            case "crash" -> {
                System.err.println("segmentation fault, or so");
                System.exit(9);
            }
            case "hang" -> {} // no answer
            case "grow" -> {
                more = true;
                say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
                text(message, "grown", false);
            }
            case "env" -> text(message, System.getenv().toString(), false);
            case "big" -> text(message, "x".repeat(100_000) + "the end", true);
            default ->
                    say(
                            "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":-32602,\"message\":\"no such tool\"}}"
                                    .formatted(message.path("id")));
        }
    }

    private void text(JsonNode message, String text, boolean failed) throws IOException {
        ObjectNode result = JSON.createObjectNode().put("isError", failed);
        result.putArray("content").addObject().put("type", "text").put("text", text);
        reply(message, result);
    }

    private void reply(JsonNode message, ObjectNode result) throws IOException {
        ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", message.path("id"));
        answer.set("result", result);
        say(JSON.writeValueAsString(answer));
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private void note(String line) throws IOException {
        Files.writeString(seen, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
