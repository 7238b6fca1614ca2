package hal0.cli.wiring;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.cli.wiring.Operations.Operation;
import hal0.home.Home;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Everything that can be sent wrongly to every route of `/api`, as its own description names them.
///
/// **Shape** whatever comes is answered; no fault of hal0's, no secret of the home in any answer;
/// what is refused has changed no file, and every file can be read afterwards.
@Timeout(300)
class ApiFuzzTest {
    private static final String SECRET = "sk-secret-of-this-home";
    private static final Pattern LENGTH = Pattern.compile("(?i)\\r\\ncontent-length: (\\d+)");
    private static final List<Integer> TOLD = List.of(502, 503, 504, 507);
    private static final List<String> TYPES =
            List.of("text/plain", "application/xml", "multipart/form-data", "application/json;;=");

    /// JSON values that are of the wrong type somewhere, or too much.
    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "-1",
                    "0",
                    "1e400",
                    "9223372036854775808",
                    "9".repeat(900),
                    "-0.0000001",
                    "\"\"",
                    "\" \"",
                    "\"a\\u0000b\"",
                    "\"\\ud800\"",
                    "\"\\u202e\\u001b[2J\"",
                    "\"../../api.env\"",
                    "\"/etc/passwd\"",
                    "\"${OPENAI_API_KEY}\"",
                    "\"http://169.254.169.254/latest\"",
                    "\"file:///etc/passwd\"",
                    "\"" + "x".repeat(70_000) + "\"",
                    "[]",
                    "[null]",
                    "[[[[]]]]",
                    "[\"a\",1]",
                    "{}",
                    "{\"a\":{\"b\":[1]}}",
                    "[".repeat(900) + "]".repeat(900));

    private static final List<String> NOT_JSON =
            List.of(
                    "",
                    " ",
                    "{",
                    "nul",
                    "[]",
                    "\"a\"",
                    "7",
                    "{\"a\":1,\"a\":2}",
                    "{\"a\":1}{}",
                    "{'a':1}",
                    "\u0000",
                    "a=b&c=d",
                    "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}");

    /// As they stand in a path or a query.
    private static final List<String> NAMES =
            List.of(
                    "nobody",
                    "..",
                    "%2e%2e",
                    "..%2f..%2fapi.env",
                    "%2Fetc%2Fpasswd",
                    "%00",
                    "%",
                    "%zz",
                    "%ff%fe",
                    "%ed%a0%80",
                    "a%0d%0aSet-Cookie:x=y",
                    "a%20b",
                    "*",
                    "-1",
                    "99999999999999999999",
                    "1e9",
                    "%7B%7D",
                    "a".repeat(3000));

    @TempDir private Path folder;
    private final ObjectMapper json = new ObjectMapper();
    private final Random random = new Random(8);
    private final List<String> faults = new ArrayList<>();
    private ApiFixture api;
    private int asked;

    @BeforeEach
    void start() throws Exception {
        ApiFixture.write(
                folder,
                "config.toml",
                "# mine\n[active]\nprovider = \"demo\"\n[providers.box]\nbase_url ="
                        + " \"http://127.0.0.1:9/v1\"\napi_key_env = \"BOX_API_KEY\"\n");
        ApiFixture.write(
                folder,
                "upstreams.toml",
                "# theirs\n[[upstream]]\nname = \"up\"\nurl = \"http://127.0.0.1:9/v1\"\nauth_value_env"
                        + " = \"UP_API_KEY\"\n");
        ApiFixture.write(
                folder, "api.env", "BOX_API_KEY=%s\nUP_API_KEY=%s\n".formatted(SECRET, SECRET));
        ApiFixture.write(
                folder, "models.toml", "[[model]]\nid = \"m\"\npath = \"/nowhere/m.gguf\"\n");
        Files.createDirectories(folder.resolve("slots"));
        ApiFixture.write(
                folder,
                "slots/idle.toml",
                "[slot]\nmodel = \"m\"\nruntime = \"process\"\nautostart = false\n");
        api = new ApiFixture(folder, Map.of());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void whateverIsSentIsAnsweredAndLeavesTheHomeWhole() throws Exception {
        Operations operations = Operations.of(api.get("/api/openapi.json").body());
        assertThat(operations.all()).hasSizeGreaterThan(50);
        for (Operation operation : operations.all()) {
            names(operation);
            query(operation);
            bodies(operation);
        }
        assertThat(String.join("\n", faults)).isEmpty();
        assertThat(asked).isGreaterThan(2000);
        assertThat(api.get("/api/health/system").status()).isEqualTo(200);
    }

    private void names(Operation operation) throws Exception {
        if (!operation.hasName()) {
            return;
        }
        String body = operation.body().isObject() ? "{}" : "";
        for (String name : NAMES) {
            ask(operation, operation.at(name), "application/json", body);
        }
    }

    private void query(Operation operation) throws Exception {
        String path = operation.at("nobody");
        ask(operation, path + "?no_such_parameter=1&" + SECRET + "=1", "application/json", "");
        for (String name : operation.query()) {
            for (String value : NAMES) {
                if (!operation.streams() || !value.equals("nobody")) {
                    ask(operation, path + "?" + name + "=" + value, "application/json", "");
                }
            }
        }
    }

    private void bodies(Operation operation) throws Exception {
        JsonNode schema = operation.body();
        if (operation.method().equals("GET")) {
            return;
        }
        String path = operation.at("nobody");
        for (String body : NOT_JSON) {
            ask(operation, path, "application/json", body);
        }
        for (String type : TYPES) {
            ask(operation, path, type, "{\"a\":1}");
        }
        List<String> fields = new ArrayList<>();
        schema.path("properties").fieldNames().forEachRemaining(fields::add);
        for (String field : fields) {
            for (String value : VALUES) {
                ask(operation, path, "application/json", "{\"%s\":%s}".formatted(field, value));
            }
        }
        for (int i = 0; i < 20 && !fields.isEmpty(); i++) {
            List<String> members = new ArrayList<>();
            for (String field : fields) {
                members.add(
                        "\"%s\":%s".formatted(field, VALUES.get(random.nextInt(VALUES.size()))));
            }
            members.add("\"%s\":1".formatted(SECRET));
            ask(operation, path, "application/json", "{" + String.join(",", members) + "}");
        }
    }

    private void ask(Operation operation, String target, String type, String body)
            throws Exception {
        Map<Path, String> before = files();
        String answer = send(operation.method(), target, type, body);
        asked++;
        String what = "%s %s %s".formatted(operation.method(), brief(target), brief(body));
        int status = answer.length() > 12 ? Integer.parseInt(answer.substring(9, 12)) : 0;
        if (status == 0 || (status >= 500 && !TOLD.contains(status))) {
            faults.add(what + " -> " + brief(answer));
        }
        if (answer.contains(SECRET)) {
            faults.add(what + " tells a secret: " + brief(answer));
        }
        if (answer.contains("\r\nSet-Cookie: x")) {
            faults.add(what + " splits the head");
        }
        Map<Path, String> after = files();
        if (status >= 400) {
            error(what, answer);
            if (!before.equals(after)) {
                faults.add(what + " -> " + status + " changed a file");
            }
        } else if (!before.equals(after)) {
            readable(what);
        }
    }

    private void error(String what, String answer) {
        int head = answer.indexOf("\r\n\r\n");
        try {
            JsonNode error = json.readTree(answer.substring(head + 4)).path("error");
            boolean told = !error.path("code").asText().isEmpty();
            boolean places =
                    !error.path("code").asText().equals("validation.invalid")
                            || error.path("details").path("fields").path(0).has("loc");
            if (!told || !places) {
                faults.add(what + " has no error of ours: " + brief(answer));
            }
        } catch (IOException e) {
            faults.add(what + " has no error of ours: " + brief(answer));
        }
    }

    private void readable(String what) {
        Home home = new Home(folder, folder.resolve("data"), folder.resolve("state"));
        var problems = Configuration.read(home, Map.of()).problems();
        if (problems.stream().anyMatch(p -> p.toString().contains("TOML"))) {
            faults.add(what + " left a file that cannot be read: " + problems);
        }
    }

    /// What a home says, but for what is written by the way.
    private Map<Path, String> files() throws IOException {
        Map<Path, String> all = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file :
                    walk.filter(Files::isRegularFile)
                            .filter(f -> !f.startsWith(folder.resolve("data")))
                            .filter(f -> !f.startsWith(folder.resolve("state")))
                            .toList()) {
                all.put(file, Files.readString(file, ISO_8859_1));
            }
        }
        return all;
    }

    private static String brief(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= 300 ? line : line.substring(0, 300) + "…";
    }

    /// Head and body as they come, of a stream only the head: what is sent is not what clients of
    /// the library would send.
    private String send(String method, String target, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        try (Socket socket = new Socket("127.0.0.1", api.url("/").getPort())) {
            socket.setSoTimeout(30_000);
            String head =
                    "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                            .formatted(method, target, type, bytes.length);
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.write(head.getBytes(UTF_8));
            request.write(bytes);
            socket.getOutputStream().write(request.toByteArray());
            return answer(socket.getInputStream());
        }
    }

    /// Not to the end of the connection, which waits a moment for what the client may still send.
    private static String answer(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[16 * 1024];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
            String text = out.toString(ISO_8859_1);
            if (text.contains("text/event-stream") || isWhole(text)) {
                break;
            }
        }
        return out.toString(UTF_8);
    }

    private static boolean isWhole(String answer) {
        int head = answer.indexOf("\r\n\r\n");
        Matcher length = LENGTH.matcher(answer);
        return head >= 0
                && length.region(0, head).find()
                && answer.length() >= head + 4 + Integer.parseInt(length.group(1));
    }
}
